using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

/// <summary>The text of a good policy, line by line; a test changes the line it is about.</summary>
internal sealed record Draft(params string[] Lines)
{
    public const string Id = "box-lid-closed";
    public const string File = Id + ".yaml";

    public static readonly Draft Good = new(
        $"policy: {Id}",
        "title: Lids are closed",
        "severity: high",
        "resource: Test::Box",
        "require: [{ fact: lid.closed, equals: true }]",
        "because: Dust gets in.",
        "fix: close {name}",
        "examples:",
        "  - { facts: { lid.closed: true }, verdict: pass }",
        "  - { facts: { lid.closed: false }, verdict: fail }");

    public string Text => string.Join('\n', Lines) + "\n";

    /// <summary>With another line in the place of the one that begins with that key.</summary>
    public Draft With(string key, string line) => new([.. Lines.Select(l => KeyOf(l) == key ? line : l)]);

    public Draft Without(string key) => new([.. Lines.Where(l => KeyOf(l) != key)]);

    /// <summary>With a line at the end, so that no other line moves.</summary>
    public Draft And(string line) => new([.. Lines, line]);

    /// <summary>With other examples than "closed passes, open fails".</summary>
    public Draft Examples(params string[] examples) => new([.. Lines.TakeWhile(l => KeyOf(l) != "examples"), "examples:", .. examples.Select(e => $"  - {e}")]);

    public Draft Named(string id) => With("policy", $"policy: {id}");

    /// <summary>Every problem of this policy in a file of its own, as it would be printed.</summary>
    public IReadOnlyList<string> Problems()
    {
        using var folder = new Folder();
        return folder.Write(File, Text).Problems();
    }

    public Policy Policy()
    {
        using var folder = new Folder();
        var set = folder.Write(File, Text).Open(out var problems);
        Assert.That(problems, Is.Empty);
        return set.Policies.Single();
    }

    private static string KeyOf(string line) => line.Split(':')[0];
}

/// <summary>A folder that lives as long as its test.</summary>
internal sealed class Folder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("posture-").FullName;

    public string this[string path] => Path.Combine(Root, path);

    public Folder Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
        return this;
    }

    public Folder Write(string path, byte[] bytes)
    {
        File.WriteAllBytes(this[path], bytes);
        return this;
    }

    public PolicySet Open(out IReadOnlyList<Problem> problems, params string[] below) => Open(below, [], out problems);

    /// <param name="below">The folders or files in it that are policy sources; none = the folder itself.</param>
    public PolicySet Open(string[] below, string[] waivers, out IReadOnlyList<Problem> problems) => PolicyBook.Open(
        new PolicySources(below.Length == 0 ? [Root] : [.. below.Select(b => this[b])], [.. waivers.Select(w => this[w])], Root), Boxes.Vocabulary, Boxes.Now, out problems);

    public IReadOnlyList<string> Problems(params string[] below)
    {
        Open(out var problems, below);
        return [.. problems.Select(p => p.ToString())];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
