using System.Text.Json.Nodes;
using PostureScanner.Cli;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>The whole command line, run inside the test against a sandbox.</summary>
internal static class Posture
{
    public static Task<Run> RunAsync(SandboxServer? sandbox, params string[] args) => RunAsync(sandbox, TimeProvider.System, args);

    public static async Task<Run> RunAsync(SandboxServer? sandbox, TimeProvider clock, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Synchronized(error), OutColour: false, ErrorIsTerminal: false, TestContext.CurrentContext.WorkDirectory, clock, sandbox?.Url);
        var exit = await CommandLine.RunAsync(args, terminal);
        return new Run(exit, output.ToString(), error.ToString());
    }
}

/// <summary>What a run of <c>posture</c> left behind.</summary>
internal sealed record Run(int Exit, string Out, string Error)
{
    /// <summary>The report, where the run was asked for JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>The verdict of a policy about a resource, by name.</summary>
    public string Verdict(string policy, string resource) => Finding(policy, resource)["verdict"]!.GetValue<string>();

    public JsonNode Finding(string policy, string resource) => Json["findings"]!.AsArray()
        .Single(f => f!["policy"]!.GetValue<string>() == policy && f["resource"]!["name"]!.GetValue<string>() == resource)!;
}
