using System.Text;
using System.Text.Json;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evidence;

/// <summary>The texts a scan judged by, and its settings: a line each, with path and SHA-256.</summary>
internal static class RecordedPolicies
{
    private const string Policy = "policy";
    private const string Waivers = "waivers";
    private const string Settings = "settings";

    public static void Write(PolicySet set, string settings, Stream output)
    {
        using var json = new Utf8JsonWriter(output);
        foreach (var policy in set.Policies)
            Line(Policy, policy.File, policy.Source);
        foreach (var (file, source) in set.WaiverSources)
            Line(Waivers, file, source);
        Line(Settings, "settings.json", settings);

        void Line(string sort, string path, string text)
        {
            json.WriteStartObject();
            json.WriteString("sort", sort);
            json.WriteString("path", path);
            // Texts of policies and waivers are their files' bytes, so this is what sha256sum says of the file.
            json.WriteString("sha256", ChainLink.Hash(Encoding.UTF8.GetBytes(text)));
            json.WriteString("text", text);
            json.WriteEndObject();
            json.Flush();
            output.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    /// <exception cref="FormatException">The lines are not what <see cref="Write"/> writes, or this version cannot read a policy.</exception>
    public static PolicySet Read(IEnumerable<string> lines, Vocabulary vocabulary, DateTimeOffset now)
    {
        var texts = lines.Select(Line).ToLookup(t => t.Sort, t => (t.Path, t.Text), StringComparer.Ordinal);
        var problems = new List<Problem>();
        var set = PolicyFolder.Read(texts[Policy], texts[Waivers], vocabulary, now, problems);
        return problems.Count == 0 ? set : throw new FormatException($"this version cannot read the recorded policies: {problems[0]}");
    }

    private static (string Sort, string Path, string Text) Line(string line)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        return (json.GetProperty("sort").GetString()!, json.GetProperty("path").GetString()!, json.GetProperty("text").GetString()!);
    }
}
