using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>Every metric of one scan. Each series costs money: there are none by region, and by resource only on demand.</summary>
public static class ScanMetrics
{
    /// <summary>In the order of their series. Policies in report mode never count.</summary>
    public static ImmutableArray<Metric> Of(Report report, Vocabulary vocabulary, MetricSettings settings, RunOutcome outcome)
    {
        var meter = new Meter(settings.Scanner);
        var alerting = report.Findings.Where(f => f.Policy.Mode == PolicyMode.Alert).ToList();
        return
        [
            .. Run(report, outcome, meter)
                .Concat(FindingMetrics.Of(alerting, meter))
                .Concat(AccountMetrics.Of(report, alerting, outcome, meter))
                .Concat(Drift(report, meter))
                .Concat(WindowMetrics.Of(report, vocabulary, meter))
                .Concat(ResourceMetrics.Of(report, vocabulary, settings.ResourcePatterns, meter))
                .OrderBy(m => m.Series, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<Metric> Run(Report report, RunOutcome outcome, Meter meter) =>
    [
        meter.Count("ResourcesScanned", report.Resources),
        meter.Seconds("ScanDurationSeconds", report.FinishedAt - report.StartedAt),
        meter.Count("ApiCalls", report.ApiCalls.Sum(c => c.Count)),
        meter.Count("ApiThrottles", report.ApiThrottles),
        meter.Count("OutboxDepth", outcome.OutboxDepth),
        meter.Switch("ScanCompleted", report.Complete && outcome.IsSaved),
    ];

    // Without a state nothing was compared: a zero would say that nothing changed.
    private static IEnumerable<Metric> Drift(Report report, Meter meter)
    {
        if (report.State is null)
            return [];
        var silent = report.Applied.Where(a => a.Policy.Mode == PolicyMode.Report).Select(a => a.Policy.Id).ToHashSet(StringComparer.Ordinal);
        var counts = report.Drift.Where(c => c.PolicyId is null || !silent.Contains(c.PolicyId)).CountBy(c => c.Kind).ToDictionary();
        return Enum.GetValues<ChangeKind>().Select(kind => meter.Count("DriftEvents", counts.GetValueOrDefault(kind), ("Change", kind.Word())));
    }
}
