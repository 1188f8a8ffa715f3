using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Evidence;

internal sealed class RecordedPoliciesTests
{
    [Test]
    public void The_hash_is_the_files_own_with_a_byte_order_mark_and_windows_line_ends_too()
    {
        using var folder = new Folder();
        folder.Write(Draft.File, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Draft.Good.And("# é").Text.ReplaceLineEndings("\r\n"))]);
        folder.Write("waivers.yaml", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(WaiverText.Good.Text)]);

        var (_, lines) = Written(folder);

        Assert.That(
            lines.Take(2).Select(l => JsonNode.Parse(l)!).Select(l => ((string)l["path"]!, (string)l["sha256"]!)),
            Is.EqualTo(new[] { Draft.File, "waivers.yaml" }.Select(f => (f, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder[f])))))));
    }

    [Test]
    public void What_was_recorded_with_a_byte_order_mark_is_read_again()
    {
        using var folder = new Folder();
        folder.Write(Draft.File, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Draft.Good.Text)]);
        folder.Write("waivers.yaml", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(WaiverText.Good.Text)]);

        var (set, lines) = Written(folder);
        var read = RecordedPolicies.Read(lines, Boxes.Vocabulary, Boxes.Now);

        Assert.That((read.Digest, read.Policies.Length, read.Waivers.Length), Is.EqualTo((set.Digest, 1, 1)));
    }

    private static (PolicySet Set, string[] Lines) Written(Folder folder)
    {
        var set = folder.Open(out var problems);
        Assert.That(problems, Is.Empty);
        using var output = new MemoryStream();
        RecordedPolicies.Write(set, "{}", output);
        return (set, Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
