using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Sandbox;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture demo</c>: the whole thing against the embedded Sandbox.</summary>
internal static class DemoCommand
{
    private const string Description = "Shows the whole thing without an AWS account: scans an estate of five systems in an embedded sandbox, lets an hour of mishaps happen to it, scans again and shows what changed.";

    private const string More = """
        Examples:
          posture demo
          posture demo --out ./posture-demo
        """;

    private static readonly ImmutableArray<string> Regions = ["eu-central-1", "eu-west-1"];

    public static Command Make(Terminal terminal)
    {
        var folder = new Option<string?>("--out") { Description = "Folder for both reports as JSON.", HelpName = "DIR" };
        var command = new HelpfulCommand("demo", Description, More) { folder };
        command.SetAction(async (parsed, cancelled) =>
        {
            if (PolicyOptions.Open([], [], [], terminal) is not { } policies)
                return ExitCode.Usage;
            await using var sandbox = await SandboxServer.StartAsync(Estate.Demo(), new SandboxOptions { Clock = terminal.Clock }, cancelled);

            Title(terminal, "First scan: five systems, some promises kept, some broken");
            var before = (await ScanAsync(sandbox, policies, terminal, cancelled)).ComparedWith(null, policies, AwsComposition.Vocabulary, DriftRules.Default);
            TextReport.Write(before, terminal.Out, terminal.OutColour);

            Title(terminal, "An hour passes");
            var drift = EstateDrift.Demo();
            sandbox.Estate.Apply(drift);
            foreach (var step in drift.Steps)
                await terminal.Out.WriteLineAsync($"  - {step}");

            Title(terminal, "Second scan: what changed");
            var after = await ScanAsync(sandbox, policies, terminal, cancelled);
            after = after.ComparedWith(before.State, policies, AwsComposition.Vocabulary, DriftRules.Default);
            ChangesText.Write(after.Drift, terminal.Out, terminal.OutColour);
            await terminal.Out.WriteLineAsync($"\n{before.Alert.Fail} failing before, {after.Alert.Fail} now; {after.Alert.Pass} passing.");
            if (parsed.GetValue(folder) is { } target)
                Save(Path.GetFullPath(target, terminal.Folder), before, after, terminal);
            return ExitCode.Nothing;
        });
        return command;
    }

    // The sandbox is nobody's quota: no pacing.
    private static Task<Report> ScanAsync(SandboxServer sandbox, PolicySet policies, Terminal terminal, CancellationToken cancelled) => Scan.RunAsync(
        terminal, new AwsSettings(Regions, [], Pace.Off, AwsSettings.DefaultPatience, sandbox.Url), policies, TimeSpan.FromMinutes(5), only: null, cancelled);

    private static void Title(Terminal terminal, string text) => terminal.Out.Write($"\n== {text}\n\n");

    private static void Save(string folder, Report before, Report after, Terminal terminal)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, report) in new[] { ("scan-1.json", before), ("scan-2.json", after) })
        {
            using var writer = new StreamWriter(Path.Combine(folder, name), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            JsonText.Write(report, writer);
        }

        terminal.Out.Write($"Both reports are in {folder}\n");
    }
}
