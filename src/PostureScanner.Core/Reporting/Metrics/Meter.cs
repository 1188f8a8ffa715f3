namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>Makes the metrics of one scanner: its name is the first dimension of each.</summary>
internal sealed class Meter(string scanner)
{
    public Metric Count(string name, int value, params ReadOnlySpan<(string, string)> dimensions) => Make(name, value, MetricUnit.Count, dimensions);

    public Metric Seconds(string name, TimeSpan value) => Make(name, value.TotalSeconds, MetricUnit.Seconds, []);

    public Metric Switch(string name, bool value, params ReadOnlySpan<(string, string)> dimensions) => Make(name, value ? 1 : 0, MetricUnit.None, dimensions);

    /// <summary>How much of what could be judged is as it should be; nothing where nothing could. What is unknown is not as it should be.</summary>
    public IEnumerable<Metric> Compliance(Tally tally, params ReadOnlySpan<(string, string)> dimensions) =>
        tally.Pass + tally.Fail + tally.Unknown is > 0 and var judged
            ? [Make("CompliancePercent", 100.0 * tally.Pass / judged, MetricUnit.Percent, dimensions)]
            : [];

    private Metric Make(string name, double value, MetricUnit unit, ReadOnlySpan<(string, string)> dimensions) =>
        new(name, [("Scanner", scanner), .. dimensions], value, unit);
}
