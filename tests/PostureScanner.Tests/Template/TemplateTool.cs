using PostureScanner.Tests.Architecture;
using PostureScanner.Tests.EndToEnd;

namespace PostureScanner.Tests.Template;

/// <summary>Judges of templates that nobody here wrote: cfn-lint, and the translator that CloudFormation runs for SAM.</summary>
internal static class TemplateTool
{
    /// <summary>Skips the test where cfn-lint is not installed, unless POSTURE_REQUIRE_MOTO asks for it.</summary>
    public static async Task<Finished> LintAsync(params string[] files)
    {
        if (!EndToEnd.Program.IsOnPath("cfn-lint"))
            Skip("cfn-lint is absent");
        return await EndToEnd.Program.ToolAsync("cfn-lint", files);
    }

    /// <summary>The template as CloudFormation gets it; skips likewise.</summary>
    public static async Task<string> TranslateAsync(string template)
    {
        if (!EndToEnd.Program.IsOnPath("python3") || (await EndToEnd.Program.ToolAsync("python3", "-c", "import samtranslator")).Exit != 0)
            Skip("Python's module samtranslator is absent");
        var run = await EndToEnd.Program.ToolAsync("python3", SourceTree.Path("tests", "PostureScanner.Tests", "Template", "translate.py"), SourceTree.Path(template));
        Assert.That(run.Exit, Is.Zero, run.Error);
        return run.Out;
    }

    private static void Skip(string reason)
    {
        if (Environment.GetEnvironmentVariable("POSTURE_REQUIRE_MOTO") == "1")
            Assert.Fail(reason);
        Assert.Ignore(reason);
    }
}
