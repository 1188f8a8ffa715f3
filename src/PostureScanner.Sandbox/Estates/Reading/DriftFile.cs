namespace PostureScanner.Sandbox.Reading;

/// <summary>Steps that say what happens and then <c>change</c>, <c>remove</c> or <c>add</c> one <c>table</c>, <c>bucket</c> or <c>key</c>, or change or add a <c>stack</c>.</summary>
internal static class DriftFile
{
    private static readonly Dictionary<(string Verb, string Noun), Func<YamlMap, Action<Estate>>> Moves = new()
    {
        [("change", "table")] = map => With(TableReader.Read(map, "table", Known.Anything), (estate, spec) => estate.ChangeTable(spec)),
        [("change", "bucket")] = map => With(BucketReader.Read(map, "bucket", Known.Anything), (estate, spec) => estate.ChangeBucket(spec)),
        [("change", "key")] = map => With(KeyReader.Read(map, "key", Known.Anything), (estate, spec) => estate.ChangeKey(spec)),
        [("change", "stack")] = map => With(StackReader.Read(map, "stack", Known.Anything), (estate, spec) => estate.ChangeStack(spec)),
        [("add", "stack")] = map => With(StackReader.Read(map, "stack", Known.Anything), (estate, spec) => estate.AddStack(spec)),
        [("add", "table")] = map => With(TableReader.Read(map, "table", Known.Anything), (estate, spec) => estate.AddTable(spec)),
        [("add", "bucket")] = map => With(BucketReader.Read(map, "bucket", Known.Anything), (estate, spec) => estate.AddBucket(spec)),
        [("add", "key")] = map => With(KeyReader.Read(map, "key", Known.Anything), (estate, spec) => estate.AddKey(spec)),
        [("remove", "table")] = map => Removing(map, "table", (estate, name, region, account) => estate.RemoveTable(name, region, account)),
        [("remove", "bucket")] = map => Removing(map, "bucket", (estate, name, _, _) => estate.RemoveBucket(name)),
        [("remove", "key")] = map => Removing(map, "key", (estate, name, region, account) => estate.RemoveKey(name, region, account)),
    };

    public static IReadOnlyList<(string Say, Action<Estate> Change)> Read(string yaml, string fileName)
    {
        var problems = new Problems(fileName);
        var root = problems.Parse(yaml);
        var steps = (root.Maps("steps") ?? []).Select(ReadStep).ToList();
        if (steps.Count == 0)
            root.Problem("steps", "\"steps\" holds at least one step");
        root.Done();
        problems.ThrowIfAny();
        return steps;
    }

    private static (string Say, Action<Estate> Change) ReadStep(YamlMap step)
    {
        var say = step.Required("say");
        var moves = new[] { "change", "remove", "add" }.Select(verb => (Verb: verb, Map: step.Map(verb))).Where(move => move.Map is not null).ToList();
        step.Done();
        if (moves is [var (only, map)])
            return (say, ReadMove(only, map!));
        step.Problem(null, "a step has one of \"change\", \"remove\" and \"add\"");
        return (say, _ => { });
    }

    /// <summary>A table or bucket may name its key: so the noun is looked for in this order.</summary>
    private static Action<Estate> ReadMove(string verb, YamlMap map)
    {
        var noun = Array.Find(["table", "bucket", "key", "stack"], noun => Moves.ContainsKey((verb, noun)) && map.Text(noun) is not null);
        if (noun is not null)
            return Moves[(verb, noun)](map);
        map.Problem(null, $"\"{verb}\" names a table, bucket{(verb == "remove" ? " or key" : ", key or stack")}");
        return _ => { };
    }

    private static Action<Estate> With<T>(T spec, Action<Estate, T> move) => estate => move(estate, spec);

    private static Action<Estate> Removing(YamlMap map, string noun, Action<Estate, string, string?, string?> remove)
    {
        var (name, region, account) = (map.Required(noun), map.Text("region"), map.Text("account"));
        map.Done();
        return estate => remove(estate, name, region, account);
    }
}
