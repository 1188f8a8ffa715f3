using System.Text.RegularExpressions;
using System.Xml.Linq;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Tests.Architecture;

/// <summary>The laws of the design that can be read off the source.</summary>
internal sealed partial class ArchitectureTests
{
    /// <summary>Core's folders in the order in which data moves: a file uses only those at or left of its own.</summary>
    private static readonly string[] Stages = ["Inventory", "Facts", "Policies", "Evaluation", "Drift", "Evidence", "Reporting", "Scanning"];

    /// <summary>The ports of the design, and one interface beside them that gives its argument.</summary>
    private static readonly string[] Ports = ["IResourceSource", "ISnapshotStore", "IEvidenceStore", "ISink"];
    private static readonly string[] Argued = ["ISubject"];

    /// <summary>What a project may refer to, of ours and of others.</summary>
    private static readonly Dictionary<string, (string[] Projects, string Packages)> Allowed = new(StringComparer.Ordinal)
    {
        ["PostureScanner.Core"] = ([], @"\AYamlDotNet\z"),
        ["PostureScanner.Aws"] = (["PostureScanner.Core"], @"\A(AWSSDK\.|YamlDotNet\z)"),
        ["PostureScanner.Lambda"] = (["PostureScanner.Core", "PostureScanner.Aws"], @"\AAmazon\.Lambda\."),
        ["PostureScanner.Sandbox"] = ([], @"\AYamlDotNet\z"),
    };

    private static IEnumerable<string> CoreFiles => Below("src", "PostureScanner.Core");

    private static IEnumerable<string> Projects => Allowed.Keys;

    [Test]
    public void Every_file_of_Core_stands_in_a_stage() =>
        Assert.That(CoreFiles.Select(Stage).Distinct(StringComparer.Ordinal), Is.SubsetOf(Stages));

    [TestCaseSource(nameof(CoreFiles))]
    public void Data_moves_right_only(string file)
    {
        var later = string.Join('|', Stages.Skip(Array.IndexOf(Stages, Stage(file)) + 1).DefaultIfEmpty("nothing"));

        Assert.That(CodeOf(file), Does.Not.Match($@"PostureScanner\.Core\.({later})\b|(?<![\w.])({later})\.[A-Z]"));
    }

    [TestCaseSource(nameof(CoreFiles))]
    public void Core_knows_no_cloud(string file) =>
        Assert.That(CodeOf(file), Does.Not.Match(@"(?i)\bs3\b|dynamo|arn:|amazon|awssdk|\bkms\b|\bsns\b|cloudwatch|cloudformation"));

    [TestCaseSource(nameof(Projects))]
    public void A_project_refers_only_to_what_it_may(string project)
    {
        var (projects, packages) = Allowed[project];
        var file = XDocument.Load(SourceTree.Path("src", project, $"{project}.csproj"));

        Assert.That(Includes(file, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/'))), Is.EquivalentTo(projects));
        Assert.That(Includes(file, "PackageReference").Concat(Includes(file, "AwsPackage")), Is.All.Match(packages));
    }

    [TestCaseSource(nameof(Projects))]
    public void Nor_do_its_files(string project)
    {
        var others = string.Join('|', Directory.EnumerateDirectories(SourceTree.Path("src"), "PostureScanner.*").Select(d => Path.GetFileName(d)!)
            .Except([project, .. Allowed[project].Projects], StringComparer.Ordinal).Select(Regex.Escape));

        Assert.That(SourceTree.Files("src", project).Where(f => Regex.IsMatch(CodeOf(f), $@"\b({others})\b", RegexOptions.None, TimeSpan.FromSeconds(10))), Is.Empty);
    }

    [Test]
    public void What_Core_was_compiled_against_is_the_platform_and_one_package() =>
        Assert.That(
            typeof(Report).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "YamlDotNet" }));

    [Test]
    public void Interfaces_stand_at_the_ports_only()
    {
        var interfaces = OwnFiles().SelectMany(f => Interface().Matches(CodeOf(f)).Select(m => m.Groups["name"].Value));

        Assert.That(interfaces, Is.SubsetOf((string[])[.. Ports, .. Argued]));
    }

    [Test]
    public void An_interface_beside_the_ports_gives_its_argument() =>
        Assert.That(
            Argued.Select(name => OwnFiles().Select(File.ReadAllText).Single(text => text.Contains($"interface {name}", StringComparison.Ordinal))),
            Is.All.Match("/// .*An interface, because "));

    // Our editions of Amazon's packages have Amazon's interfaces.
    private static IEnumerable<string> OwnFiles() => SourceTree.Files("src").Where(f => !f.Contains("AwsPackages", StringComparison.Ordinal));

    private static IEnumerable<string> Includes(XDocument project, string element) => project.Descendants(element).Select(e => e.Attribute("Include")!.Value);

    private static IEnumerable<string> Below(params string[] folder) => SourceTree.Files(folder).Select(f => Path.GetRelativePath(SourceTree.Root, f).Replace('\\', '/'));

    private static string Stage(string file) => file.Split('/')[2];

    /// <summary>The file without its comments.</summary>
    private static string CodeOf(string file) => Comment().Replace(File.ReadAllText(SourceTree.Path(file)), "");

    [GeneratedRegex(@"^\s*//.*$|\s//\s.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\binterface (?<name>I[A-Z]\w*)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Interface();
}
