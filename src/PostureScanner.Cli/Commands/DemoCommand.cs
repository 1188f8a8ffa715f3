using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;
using PostureScanner.Sandbox;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture demo</c>: the whole thing against the embedded Sandbox.</summary>
internal static class DemoCommand
{
    private const string Description = "Shows the whole thing without an AWS account: scans an estate of five systems in an embedded sandbox, lets an hour of mishaps happen to it, scans again and shows what changed, who is told, what stands in CloudWatch, and what evidence is left.";

    private const string More = """
        Examples:
          posture demo
          posture demo --out ./posture-demo
        """;

    private const string Topic = "posture-alerts";
    private const string Html = "report.html";

    private static readonly ImmutableArray<string> Regions = ["eu-central-1", "eu-west-1"];

    public static Command Make(Terminal terminal)
    {
        var folder = new Option<string?>("--out") { Description = "Folder for the evidence, for both reports as JSON, and for the second as report.html. Default: a new one among the temporary files.", HelpName = "DIR" };
        var command = new HelpfulCommand("demo", Description, More) { folder };
        command.SetAction(async (parsed, cancelled) =>
        {
            if (PolicyOptions.Open([], [], [], terminal) is not { } policies)
                return ExitCode.Usage;
            var target = parsed.GetValue(folder) is { } given ? Folder(given, terminal) : Directory.CreateTempSubdirectory("posture-demo-");
            var state = Directory.CreateTempSubdirectory("posture-demo-state-");
            try
            {
                await using var sandbox = await SandboxServer.StartAsync(Estate.Demo().AddTopic(Topic, Regions[0]), new SandboxOptions { Clock = terminal.Clock }, cancelled);
                await ShowAsync(sandbox, policies, state.FullName, target.FullName, terminal, cancelled);
                return ExitCode.Nothing;
            }
            finally
            {
                state.Delete(recursive: true);
            }
        });
        return command;
    }

    private static DirectoryInfo Folder(string given, Terminal terminal)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.GetFullPath(given, terminal.Folder));
            return WholeFile.ProblemOf(Path.Combine(folder.FullName, Html)) is { } problem ? throw new SettingsException($"--out {given}: {Html} {problem}") : folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"--out {given} cannot be written: {exception.Message}", exception);
        }
    }

    private static async Task ShowAsync(SandboxServer sandbox, PolicySet policies, string state, string target, Terminal terminal, CancellationToken cancelled)
    {
        // The sandbox is nobody's quota: no pacing.
        var settings = new RunSettings(new AwsSettings(Regions, [], Pace.Off, AwsSettings.DefaultPatience, sandbox.Url), CommandLine.Version, terminal.Folder)
        {
            State = state, TopicArn = sandbox.Topics.Arns.Single(), MetricNamespace = CloudWatchMetrics.DefaultNamespace, Evidence = Path.Combine(target, "evidence"),
        };
        Title(terminal, "First scan: five systems, some promises kept, some broken");
        var (before, _) = await ScanAsync(settings, policies, terminal, cancelled);
        TextReport.Write(before, terminal.Out, terminal.OutColour);

        Title(terminal, "An hour passes");
        var drift = EstateDrift.Demo();
        sandbox.Estate.Apply(drift);
        foreach (var step in drift.Steps)
            await terminal.Out.WriteLineAsync($"  - {step}");

        Title(terminal, "Second scan: what changed");
        var told = sandbox.Topics.Messages.Count;
        var (after, end) = await ScanAsync(settings, policies, terminal, cancelled);
        ChangesText.Write(after.Drift, terminal.Out, terminal.OutColour);
        await terminal.Out.WriteLineAsync($"\n{before.Alert.Fail} failing before, {after.Alert.Fail} now; {after.Alert.Pass} passing.");

        Title(terminal, "What the e-mail subscribers of the topic are told");
        var messages = sandbox.Topics.Messages.Skip(told).ToList();
        foreach (var message in messages)
            await terminal.Out.WriteLineAsync($"Subject: {message.Subject}");
        await terminal.Out.WriteLineAsync($"\nThe first of them in full:\n\n{messages[0].Text("email")}");

        Title(terminal, "What stands in CloudWatch");
        WriteMetrics(sandbox, after, terminal);

        Title(terminal, "What an auditor gets");
        await SaveAsync(target, before, after, end);
        await terminal.Out.WriteLineAsync($"""
              evidence of both scans  {settings.Evidence}
              the report, to open     {Path.Combine(target, Html)}
              to verify it            posture evidence verify {settings.Evidence} --head {end.Evidence.Head}
              to judge again          posture evidence replay {settings.Evidence}
            """);
    }

    // The metrics of the second scan that say something.
    private static void WriteMetrics(SandboxServer sandbox, Report after, Terminal terminal)
    {
        foreach (var metric in sandbox.Metrics.All.Where(m => m.Timestamp.ToUnixTimeSeconds() == after.StartedAt.ToUnixTimeSeconds() && m.Maximum != 0 && !m.Dimensions.ContainsKey("Policy") && !m.Dimensions.ContainsKey("Account")))
        {
            var dimensions = string.Concat(metric.Dimensions.Where(d => d.Key != "Scanner").Select(d => $" {d.Key}={d.Value}"));
            terminal.Out.Write(string.Create(CultureInfo.InvariantCulture, $"  {metric.Name + dimensions,-60} {metric.Maximum,10:0.##} {metric.Unit}\n"));
        }
    }

    private static void Title(Terminal terminal, string text) => terminal.Out.Write($"\n== {text}\n\n");

    private static async Task SaveAsync(string folder, Report before, Report after, RunEnd end)
    {
        foreach (var (name, report) in new[] { ("scan-1.json", before), ("scan-2.json", after) })
        {
            await WholeFile.WriteAsync(Path.Combine(folder, name), writer =>
            {
                OutputOptions.Write("json", report, writer);
                return Task.FromResult(true);
            });
        }

        File.Copy(Path.Combine(end.Evidence.Package!, "report.html"), Path.Combine(folder, Html), overwrite: true);
    }

    /// <summary>A scan as the schedule would run it: it remembers, keeps evidence, tells and publishes.</summary>
    private static async Task<(Report Report, RunEnd End)> ScanAsync(RunSettings settings, PolicySet policies, Terminal terminal, CancellationToken cancelled)
    {
        using var run = await ScanRun.OpenAsync(settings, policies, terminal.Clock, cancelled);
        var report = await Scan.RunAsync(run, terminal, TimeSpan.FromMinutes(5), only: null, cancelled);
        cancelled.ThrowIfCancellationRequested();
        return (report, await run.FinishAsync(report, Deadline.None));
    }
}
