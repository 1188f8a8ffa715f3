using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture scan</c>: reads every table and bucket, judges them, reports.</summary>
internal static class ScanCommand
{
    private const string Description = "Checks every DynamoDB table and S3 bucket against the policies and reports what could not be recovered.";

    private const string More = """
        Credentials come from the AWS SDK's default chain (AWS_PROFILE, environment, IAM role); AWS_ENDPOINT_URL is honoured.
        Nothing that is scanned is changed: 'posture facts --permissions' prints the read-only IAM policy that it needs.

        Examples:
          posture scan --regions eu-west-1,eu-central-1
          posture scan --policies ./our-policies --fail-on high
          posture scan --format json --output report.json
          posture scan --format html --output report.html
          posture scan --state ./posture-state      what changed since the last scan
          posture scan --evidence s3://our-evidence/posture --sign-key posture.pem
          posture scan --state s3://our-state/posture --publish --topic-arn arn:aws:sns:eu-west-1:111122223333:posture

        Exit codes: 0 nothing failing at or above --fail-on; 1 findings; 2 bad usage, policies or settings; 3 the scan is incomplete, or somebody could not be told.
        """;

    private static readonly Dictionary<string, FailOn> FailOns = new(
        Words.Severities.Select(s => KeyValuePair.Create(s.Key, new FailOn(s.Value))).Append(KeyValuePair.Create("none", new FailOn(null))), StringComparer.Ordinal);

    public static Command Make(Terminal terminal)
    {
        var policies = new PolicyOptions();
        var aws = new AwsOptions();
        var output = new OutputOptions();
        var failOn = new Option<FailOn?>("--fail-on")
        {
            Description = "The mildest severity that makes the exit code 1 (or 3, where unknown): critical, high, medium, low or none. Default: low.",
            HelpName = "critical|high|medium|low|none",
            CustomParser = result => AwsOptions.Word(result, FailOns),
        };

        var watching = new WatchOptions();
        var metering = new MetricOptions();
        var recording = new EvidenceOptions();
        var command = new HelpfulCommand("scan", Description, More) { failOn };
        policies.AddTo(command);
        aws.AddTo(command);
        watching.AddTo(command);
        metering.AddTo(command);
        recording.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            if (policies.Open(parsed, terminal) is not { } set || !output.IsWritable(parsed, terminal))
                return ExitCode.Usage;
            var settings = new RunSettings(aws.Settings(parsed, terminal), CommandLine.Version, terminal.Folder);
            settings = recording.AddTo(metering.AddTo(watching.AddTo(settings, parsed, terminal), parsed), parsed);
            using var run = await ScanRun.OpenAsync(settings, set, terminal.Clock, cancelled);
            await SayAsync(terminal, run.Problem is { } problem ? [problem] : []);
            var report = await Scan.RunAsync(run, terminal, aws.TimeLimit(parsed), only: null, cancelled);
            var isWritten = await output.WriteAsync(report, parsed, terminal);
            // Not cancelled by Ctrl-C: what was found is kept and told, however long that takes.
            var end = await run.FinishAsync(report, Deadline.None);
            await SayAsync(terminal, end.Sentences);
            return isWritten && end.IsWhole && run.Problem is null
                ? ExitCode.Of(report, parsed.GetValue(failOn) is { } chosen ? chosen.Severity : Severity.Low)
                : ExitCode.Incomplete;
        });
        return command;
    }

    private static async Task SayAsync(Terminal terminal, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
            await terminal.Error.WriteLineAsync($"posture: {Printable.Of(sentence)}");
    }

    private sealed record FailOn(Severity? Severity);
}
