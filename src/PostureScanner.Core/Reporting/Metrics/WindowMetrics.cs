using PostureScanner.Core.Drift;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>How much the worst resource would lose of its restorable window, over all that have continuous recovery on.</summary>
internal static class WindowMetrics
{
    public static IEnumerable<Metric> Of(Report report, Vocabulary vocabulary, Meter meter)
    {
        var windows = vocabulary.Tables.Where(t => t.Window is not null).ToDictionary(t => t.Kind, t => t.Window!, StringComparer.Ordinal);
        var open = report.Readings.Values
            .Where(r => windows.TryGetValue(r.Resource.Kind, out var window) && r.Values.GetValueOrDefault(window.Enabled) is FactValue.Flag { Value: true })
            .Select(r => (Reading: r, Window: windows[r.Resource.Kind]))
            .ToList();
        return Worst("MaxLatestRestorableAgeSeconds", open.Select(o => Age(o.Reading, o.Window, report.StartedAt)), meter)
            .Concat(Worst("MaxWindowShortfallSeconds", open.Select(o => Shortfall(o.Reading, o.Window, report.StartedAt)), meter));
    }

    // Nothing where nothing could be measured: a zero would be the best of all news.
    private static IEnumerable<Metric> Worst(string name, IEnumerable<TimeSpan?> spans, Meter meter) =>
        spans.Max() is { } worst ? [meter.Seconds(name, worst > TimeSpan.Zero ? worst : TimeSpan.Zero)] : [];

    // Below 0 where the scan took longer than recovery lags behind.
    private static TimeSpan? Age(ResourceReading reading, RestoreWindow window, DateTimeOffset now) => now - At(reading, window.Latest);

    // The promise cannot reach back behind the resource's own creation.
    private static TimeSpan? Shortfall(ResourceReading reading, RestoreWindow window, DateTimeOffset now)
    {
        if (At(reading, window.Created) is not { } created || reading.Values.GetValueOrDefault(window.Period) is not FactValue.Duration period)
            return null;
        var promised = now - period.Value;
        return At(reading, window.Earliest) - (created > promised ? created : promised);
    }

    private static DateTimeOffset? At(ResourceReading reading, string fact) => (reading.Values.GetValueOrDefault(fact) as FactValue.Instant)?.Value;
}
