using System.Text.RegularExpressions;

namespace PostureScanner.Sandbox.Reading;

/// <summary>An estate file, read and checked: what refers to an account, region or key refers to one that is there.</summary>
internal sealed partial record EstateFile
{
    public IReadOnlyList<Account> Accounts { get; private init; } = [];
    public IReadOnlyList<Region> Regions { get; private init; } = [];
    public IReadOnlyList<KeySpec> Keys { get; private init; } = [];
    public IReadOnlyList<TableSpec> Tables { get; private init; } = [];
    public IReadOnlyList<BucketSpec> Buckets { get; private init; } = [];
    public IReadOnlyList<StackSpec> Stacks { get; private init; } = [];

    public static EstateFile Read(string yaml, string fileName)
    {
        var problems = new Problems(fileName);
        var root = problems.Parse(yaml);
        var accounts = (root.Maps("accounts") ?? []).Select(ReadAccount).ToList();
        var regions = (root.Maps("regions") ?? []).Select(ReadRegion).ToList();
        if (accounts.Count == 0)
            root.Problem("accounts", "\"accounts\" names at least one account");
        if (regions.Count == 0)
            root.Problem("regions", "\"regions\" names at least one region");

        var known = new Known([.. accounts.Select(account => account.Id)], [.. regions.Select(region => region.Name)]);
        var keys = (root.Maps("keys") ?? []).Select(map => KeyReader.Read(map, "id", known)).ToList();
        known.Keys.UnionWith(keys.SelectMany(key => key.Alias is null ? [key.Id] : new[] { key.Id, key.Alias, $"alias/{key.Alias}" }));
        var tables = Named(root.Maps("tables"), map => TableReader.Read(map, "name", known)).ToList();
        var buckets = Named(root.Maps("buckets"), map => BucketReader.Read(map, "name", known)).ToList();
        known.Tables.UnionWith(tables.Select(table => table.Name));
        known.Buckets.UnionWith(buckets.Select(bucket => bucket.Name));
        var file = new EstateFile
        {
            Accounts = accounts,
            Regions = regions,
            Keys = keys,
            Tables = tables,
            Buckets = buckets,
            Stacks = [.. (root.Maps("stacks") ?? []).Select(map => StackReader.Read(map, "name", known))],
        };
        root.Done();
        problems.ThrowIfAny();
        return file;
    }

    private static IEnumerable<T> Named<T>(IEnumerable<YamlMap>? maps, Func<YamlMap, T> read)
    {
        var places = new HashSet<(string?, string?, string?)>();
        foreach (var map in maps ?? [])
        {
            if (!places.Add((map.Text("account"), map.Text("region"), map.Text("name"))))
                map.Problem("name", $"there is already a {map.Text("name")} here");
            yield return read(map);
        }
    }

    private static Account ReadAccount(YamlMap map)
    {
        var id = map.Required("id");
        if (id != "?" && !AccountId().IsMatch(id))
            map.Problem("id", $"an account id is 12 digits, not {id}");
        var account = new Account(id, map.Text("name") ?? id);
        map.Done();
        return account;
    }

    private static Region ReadRegion(YamlMap map)
    {
        var region = new Region(map.Required("name"), map.OneOf("opt-in", "opt-in-not-required", "opted-in", "not-opted-in") ?? "opt-in-not-required");
        map.Done();
        return region;
    }

    [GeneratedRegex(@"^\d{12}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AccountId();
}
