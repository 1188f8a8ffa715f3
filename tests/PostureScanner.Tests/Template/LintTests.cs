using PostureScanner.Tests.Architecture;

namespace PostureScanner.Tests.Template;

/// <summary>cfn-lint has nothing to say, and nothing tells it to be silent.</summary>
internal sealed class LintTests
{
    private static readonly string[] Files = ["template.yaml", "template-reader-role.yaml"];

    [TestCaseSource(nameof(Files))]
    public async Task A_template_is_clean(string file)
    {
        var run = await TemplateTool.LintAsync("--include-checks", "I", "--", SourceTree.Path(file));

        Assert.That(run.Out + run.Error, Is.Empty);
        Assert.That(run.Exit, Is.Zero);
    }

    [TestCaseSource(nameof(Files))]
    public void It_silences_nobody(string file) =>
        Assert.That(File.ReadAllText(SourceTree.Path(file)), Does.Not.Contain("cfn-lint"));

    [Test]
    public void Nor_does_a_file_beside_it() => Assert.That(Directory.EnumerateFiles(SourceTree.Root, ".cfnlintrc*"), Is.Empty);

    [Test]
    public async Task What_SAM_makes_of_it_is_clean_too()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "translated.json");
        await File.WriteAllTextAsync(file, await TemplateTool.TranslateAsync("template.yaml"));

        Assert.That((await TemplateTool.LintAsync(file)).Out, Is.Empty);
    }
}
