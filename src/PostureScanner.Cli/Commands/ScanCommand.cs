using System.CommandLine;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture scan</c>: reads every table and bucket, judges them, reports.</summary>
internal static class ScanCommand
{
    private const string Description = "Checks every DynamoDB table and S3 bucket against the policies and reports what could not be recovered.";

    private const string More = """
        Credentials come from the AWS SDK's default chain (AWS_PROFILE, environment, IAM role); AWS_ENDPOINT_URL is honoured.
        Nothing is changed in AWS: 'posture facts --permissions' prints the read-only IAM policy that it needs.

        Examples:
          posture scan --regions eu-west-1,eu-central-1
          posture scan --policies ./our-policies --fail-on high
          posture scan --format json --output report.json
          posture scan --state ./posture-state      what changed since the last scan

        Exit codes: 0 nothing failing at or above --fail-on; 1 findings; 2 bad usage, policies or settings; 3 the scan is incomplete.
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
        var command = new HelpfulCommand("scan", Description, More) { failOn };
        policies.AddTo(command);
        aws.AddTo(command);
        watching.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            if (policies.Open(parsed, terminal) is not { } set || !output.IsWritable(parsed, terminal))
                return ExitCode.Usage;
            var settings = aws.Settings(parsed, terminal);
            var watch = await watching.OpenAsync(parsed, terminal, settings);
            if (watch.Problem is { } problem)
                await terminal.Error.WriteLineAsync(Printable.Of($"posture: {problem}"));
            var report = watch.Compare(await Scan.RunAsync(terminal, settings, set, aws.TimeLimit(parsed), only: null, cancelled), set);
            var isWritten = await output.WriteAsync(report, parsed, terminal);
            var aftermath = await watch.FinishAsync(report, CancellationToken.None);
            foreach (var sentence in aftermath.Sentences)
                await terminal.Error.WriteLineAsync(Printable.Of($"posture: {sentence}"));
            return isWritten && aftermath is { IsSaved: true, IsTold: true } ? ExitCode.Of(report, parsed.GetValue(failOn) is { } chosen ? chosen.Severity : Severity.Low) : ExitCode.Incomplete;
        });
        return command;
    }

    private sealed record FailOn(Severity? Severity);
}
