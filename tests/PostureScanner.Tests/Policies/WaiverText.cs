namespace PostureScanner.Tests.Policies;

/// <summary>The text of a good waivers file with one waiver; a test changes the line it is about.</summary>
internal sealed record WaiverText(params string[] Lines)
{
    public static readonly WaiverText Good = new(
        "waivers:",
        $"  - policy: {Draft.Id}",
        "    resource: box-1",
        "    because: It is aired on purpose.",
        "    owner: ada@example.com",
        "    expires: 2026-12-31",
        "    ticket: OPS-1");

    public string Text => string.Join('\n', Lines) + "\n";

    /// <param name="key">The key at the start of a line, indented or not.</param>
    public WaiverText With(string key, string? value) => new([.. Lines.Select(l => KeyOf(l) == key ? $"{l[..l.IndexOf(':', StringComparison.Ordinal)]}: {value}" : l)]);

    public WaiverText Without(string key) => new([.. Lines.Where(l => KeyOf(l) != key)]);

    public WaiverText And(string line) => new([.. Lines, line]);

    public Folder InFolder() => new Folder().Write(Draft.File, Draft.Good.Text).Write("waivers.yaml", Text);

    private static string KeyOf(string line) => line.TrimStart(' ', '-').Split(':')[0];
}
