using PostureScanner.Sandbox.Founding;

namespace PostureScanner.Sandbox.Reading;

/// <summary>What a file may refer to. A drift is read without its estate: then anything goes, and applying it finds out.</summary>
internal sealed record Known(IReadOnlyList<string>? Accounts, IReadOnlyList<string>? Regions)
{
    public static Known Anything { get; } = new(null, null);

    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal) { Keyring.Owned, Keyring.Managed };

    public HashSet<string> Tables { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Buckets { get; } = new(StringComparer.Ordinal);

    public string? Table(YamlMap map, string member) => Checked(map, member, Accounts is null ? null : Tables);

    public string? Bucket(YamlMap map) => Checked(map, "bucket", Accounts is null ? null : Buckets);

    public string? Account(YamlMap map) => Checked(map, "account", Accounts);

    public string? Region(YamlMap map) => Checked(map, "region", Regions);

    public string? Key(YamlMap map, string member = "key") =>
        map.Text(member) is { } key && key.StartsWith("arn:", StringComparison.Ordinal) ? key : Checked(map, member, Accounts is null ? null : Keys);

    private static string? Checked(YamlMap map, string member, IReadOnlyCollection<string>? known)
    {
        var text = map.Text(member);
        if (text is not null && known?.Contains(text, StringComparer.Ordinal) == false)
            map.Problem(member, $"there is no {member} {text} in this estate{Near.To(text, known)}");
        return text;
    }
}
