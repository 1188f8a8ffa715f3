using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Reporting.Metrics;

namespace PostureScanner.Cli;

/// <summary>The options that let a scan publish metrics.</summary>
internal sealed class MetricOptions
{
    private readonly Option<bool> _publish = new("--publish") { Description = "Publishes metrics to CloudWatch." };

    private readonly Option<string?> _namespace = new("--namespace")
    {
        Description = $"The metrics' namespace. Default: {CloudWatchMetrics.DefaultNamespace}.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _scanner = new("--scanner")
    {
        Description = $"The name in the metrics' first dimension, which tells one scanner's metrics from another's. Default: {MetricSettings.Default.Scanner}.",
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

    /// <exception cref="SettingsException">An option that cannot be used.</exception>
    public RunSettings AddTo(RunSettings settings, ParseResult parsed)
    {
        var scanner = parsed.GetValue(_scanner) ?? MetricSettings.Default.Scanner;
        if (MetricSettings.ProblemOf(scanner) is { } problem)
            throw new SettingsException(problem);
        // Whoever names a namespace believes that something is published there.
        if (!parsed.GetValue(_publish) && new Option[] { _namespace, _scanner, _resources }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } idle)
            throw new SettingsException($"{idle.Name} says how metrics are published: give --publish, too");
        return settings with
        {
            MetricNamespace = parsed.GetValue(_publish) ? parsed.GetValue(_namespace) ?? CloudWatchMetrics.DefaultNamespace : null,
            Metrics = new MetricSettings(scanner, [.. parsed.GetValue(_resources) ?? []]),
        };
    }
}
