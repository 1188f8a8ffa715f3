using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Cli;

/// <summary>The options that let a scan publish metrics.</summary>
internal sealed class MetricOptions
{
    private const string DefaultScanner = "posture";

    private readonly Option<bool> _publish = new("--publish") { Description = "Publishes metrics to CloudWatch." };

    private readonly Option<string?> _namespace = new("--namespace")
    {
        Description = $"The metrics' namespace. Default: {CloudWatchMetrics.DefaultNamespace}.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _scanner = new("--scanner")
    {
        Description = $"The name in the metrics' first dimension, which tells one scanner's metrics from another's. Default: {DefaultScanner}.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _resources = new("--resource-metrics")
    {
        Description = "Resources that have metrics of their own (PitrEnabled by TableName, …): a glob over name or ARN. Repeatable. Each metric costs money.",
        HelpName = "GLOB",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _publish, _namespace, _scanner, _resources })
            command.Options.Add(option);
    }

    /// <returns>Null where nothing is to be published.</returns>
    /// <exception cref="SettingsException">An option that cannot be used.</exception>
    public Metering? Open(ParseResult parsed, AwsSettings settings)
    {
        var scanner = parsed.GetValue(_scanner) ?? DefaultScanner;
        if (MetricSettings.ProblemOf(scanner) is { } problem)
            throw new SettingsException(problem);
        if (parsed.GetValue(_publish))
            return new Metering(CloudWatchMetrics.Open(parsed.GetValue(_namespace) ?? CloudWatchMetrics.DefaultNamespace, settings), new MetricSettings(scanner, [.. parsed.GetValue(_resources) ?? []]));
        // Whoever names a namespace believes that something is published there.
        return new Option[] { _namespace, _scanner, _resources }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } idle
            ? throw new SettingsException($"{idle.Name} says how metrics are published: give --publish, too")
            : null;
    }
}

/// <summary>Publishes what a run found.</summary>
internal sealed class Metering(CloudWatchMetrics metrics, MetricSettings settings) : IDisposable
{
    /// <returns>Why it could not be published; null where it was.</returns>
    public async Task<string?> PublishAsync(Report report, Aftermath aftermath)
    {
        try
        {
            var all = ScanMetrics.Of(report, AwsComposition.Vocabulary, settings, new RunOutcome(aftermath.OutboxDepth, aftermath.IsSaved));
            await metrics.PublishAsync(all, report.StartedAt, CancellationToken.None);
            return null;
        }
        catch (SinkException exception)
        {
            return exception.Message;
        }
    }

    public void Dispose() => metrics.Dispose();
}
