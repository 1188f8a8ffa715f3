using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

/// <summary>What CloudWatch keeps of a datum, whichever way it was put: one value, many, or their statistics.</summary>
public sealed record MetricDatum(string Namespace, string Name)
{
    /// <summary>The estate's first account when null and put from within.</summary>
    public string? Account { get; init; }

    /// <summary>The estate's first region when null and put from within.</summary>
    public string? Region { get; init; }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyDictionary<string, string> Dimensions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public DateTimeOffset Timestamp { get; init; }

    public string Unit { get; init; } = "None";

    /// <summary>Seconds: 1 or 60.</summary>
    public int StorageResolution { get; init; } = 60;

    public double SampleCount { get; init; } = 1;

    public double Sum { get; init; }

    public double Minimum { get; init; }

    public double Maximum { get; init; }

    public double Average => Sum / SampleCount;

    /// <summary>A datum of one value.</summary>
    public static MetricDatum Of(string metricNamespace, string name, double value, params (string Name, string Value)[] dimensions) => new(metricNamespace, name)
    {
        Dimensions = dimensions.ToImmutableSortedDictionary(dimension => dimension.Name, dimension => dimension.Value, StringComparer.Ordinal),
        Sum = value,
        Minimum = value,
        Maximum = value,
    };

    internal bool HasAll(IEnumerable<KeyValuePair<string, string>> wanted) =>
        wanted.All(dimension => Dimensions.GetValueOrDefault(dimension.Key) == dimension.Value);
}
