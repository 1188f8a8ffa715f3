using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies.Yaml;

namespace PostureScanner.Core.Policies;

/// <summary>Reads one policy file, noting everything that is wrong with it.</summary>
/// <param name="prove">Says what is wrong with a policy's examples. It is asked wherever conditions and examples could be read, whatever is wrong beside them.</param>
internal sealed partial class PolicyParser(Vocabulary vocabulary, ICollection<Problem> problems, Func<Policy, IEnumerable<Problem>>? prove = null)
{
    private static readonly string[] Keys =
        ["policy", "title", "severity", "resource", "mode", "when", "require", "because", "fix", "controls", "examples"];

    private static readonly string[] Placeholders = ["name", "arn", "region", "account"];

    /// <summary>The policy; null, with problems, where the file does not hold one.</summary>
    /// <param name="plan">The DR plan that it is part of.</param>
    public Policy? Parse(string path, string shown, string? plan) => YamlFile.ReadText(path, shown, problems) is { } source ? ParseText(source, shown, plan) : null;

    /// <param name="shown">Its file name is the policy's.</param>
    /// <param name="plan">The DR plan that it is part of.</param>
    public Policy? ParseText(string source, string shown, string? plan = null)
    {
        var before = problems.Count;
        if (YamlFile.Parse(source, shown, problems) is not { } root)
            return null;

        var reader = new YamlReader(shown, problems);
        if (root is not YamlMapping mapping)
        {
            reader.Problem(root, "a policy file is a mapping that begins with 'policy:'");
            return null;
        }

        var policy = Read(reader, mapping, Path.GetFileNameWithoutExtension(shown), plan, shown, source);
        var whole = problems.Count == before;
        if (policy is not null && prove is not null)
        {
            foreach (var problem in prove(policy))
                problems.Add(problem);
        }

        return whole ? policy : null;
    }

    /// <summary>Null where its conditions are not known; what else could not be read is empty, and a problem.</summary>
    private Policy? Read(YamlReader reader, YamlMapping mapping, string fileName, string? plan, string shown, string source)
    {
        var entries = reader.Entries(mapping, "a policy", Keys);
        var id = Id(reader, entries, mapping, fileName, plan);
        var title = reader.RequiredText(entries, "title", mapping, "a policy");
        var severity = reader.RequiredText(entries, "severity", mapping, "a policy") is null
            ? null : reader.Word(entries["severity"], "severity", Words.Severities);
        var mode = entries.TryGetValue("mode", out var modeNode) ? reader.Word(modeNode, "mode", Words.Modes) : PolicyMode.Alert;
        var because = reader.RequiredText(entries, "because", mapping, "a policy");
        var fix = reader.RequiredText(entries, "fix", mapping, "a policy");
        if (fix is not null)
            CheckPlaceholders(reader, entries["fix"], fix);
        var controls = entries.TryGetValue("controls", out var controlsNode) ? Controls(reader, controlsNode) : [];
        foreach (var key in new[] { "require", "examples" }.Where(k => !entries.ContainsKey(k)))
            reader.Problem(mapping, $"a policy needs '{key}'");

        // What the conditions mean depends on the kind; without it there is nothing true to say about them.
        if (Table(reader, entries, mapping) is not { } table)
            return null;
        var conditions = new ConditionParser(reader, table);
        var when = entries.TryGetValue("when", out var whenNode) ? conditions.List(whenNode, "when") : null;
        var require = entries.TryGetValue("require", out var requireNode) ? conditions.List(requireNode, "require") : null;
        var known = require is not null && (when is not null || whenNode is null) && AreCertain(mapping);
        var facts = known ? (when?.Facts ?? []).Concat(require!.Facts).ToList() : null;
        var examples = entries.TryGetValue("examples", out var examplesNode) ? new ExampleParser(reader, table).List(examplesNode, facts) : [];

        return known
            ? new Policy(id ?? fileName, title ?? "", severity ?? default, mode ?? default, table, when, require!, because ?? "", fix ?? "", controls, examples, shown, source)
            : null;
    }

    // A misspelt or second 'when' may be the one that was meant: what the examples say without it is no news.
    private static bool AreCertain(YamlMapping mapping)
    {
        var keys = mapping.Entries.Select(e => e.Key.Text).ToList();
        return Array.TrueForAll(["when", "require"], key => keys.Count(k => k == key) <= 1)
            && !keys.Exists(k => !Keys.Contains(k, StringComparer.Ordinal) && Nearest.Of(k, Keys) == "when");
    }

    private static string? Id(YamlReader reader, Dictionary<string, YamlNode> entries, YamlMapping mapping, string fileName, string? plan)
    {
        if (reader.RequiredText(entries, "policy", mapping, "a policy") is not { } id)
            return null;
        if (!IdPattern().IsMatch(id))
            reader.Problem(entries["policy"], $"the id '{id}' must be lower-case words joined by '-': <service>-<what-must-hold>");
        else if (id != fileName)
            reader.Problem(entries["policy"], $"the id '{id}' differs from the file name '{fileName}'; rename one of them");
        else if (plan is not null && !id.StartsWith($"{plan}-", StringComparison.Ordinal))
            reader.Problem(entries["policy"], $"the id '{id}' must begin with '{plan}-', because the policy is part of the plan '{plan}'; rename it and its file");
        return id;
    }

    private FactTable? Table(YamlReader reader, Dictionary<string, YamlNode> entries, YamlMapping mapping)
    {
        if (reader.RequiredText(entries, "resource", mapping, "a policy") is not { } kind)
            return null;
        if (vocabulary.Find(kind) is { } table)
            return table;
        var kinds = vocabulary.Tables.Select(t => t.Kind).ToList();
        reader.Problem(entries["resource"], $"'{kind}' is not a kind of resource that is scanned; kinds are {string.Join(", ", kinds)}{Nearest.Hint(kind, kinds)}");
        return null;
    }

    private static ImmutableArray<string> Controls(YamlReader reader, YamlNode node) =>
        reader.Sequence(node, "controls") is { } sequence
            ? [.. sequence.Items.Select(item => reader.Text(item, "controls")).OfType<string>()]
            : [];

    private static void CheckPlaceholders(YamlReader reader, YamlNode at, string fix)
    {
        foreach (var word in Placeholder().Matches(fix).Select(m => m.Groups["word"].Value).Where(w => !Placeholders.Contains(w, StringComparer.Ordinal)))
            reader.Problem(at, $"'fix' has the placeholder {{{word}}}; there are {string.Join(", ", Placeholders.Select(p => $"{{{p}}}"))}{Nearest.Hint(word, Placeholders)}");
    }

    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\{(?<word>[a-z]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Placeholder();
}
