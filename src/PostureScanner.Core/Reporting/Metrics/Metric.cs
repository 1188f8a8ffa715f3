using System.Collections.Immutable;

namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>What a metric's value counts; None for switches, which are 1 or 0.</summary>
public enum MetricUnit
{
    None,
    Count,
    Percent,
    Seconds,
}

/// <summary>One number of one scan.</summary>
/// <param name="Dimensions">The scanner's name first, then from the coarse to the fine.</param>
public sealed record Metric(string Name, ImmutableArray<(string Name, string Value)> Dimensions, double Value, MetricUnit Unit)
{
    /// <summary>What is billed: the name with its dimensions, as <c>Findings{Scanner=main, Verdict=fail, Severity=low}</c>.</summary>
    public string Series => $"{Name}{{{string.Join(", ", Dimensions.Select(d => $"{d.Name}={d.Value}"))}}}";
}
