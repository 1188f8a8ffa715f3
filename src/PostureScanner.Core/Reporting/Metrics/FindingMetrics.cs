using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>What the policies said, over the whole run.</summary>
internal static class FindingMetrics
{
    /// <param name="alerting">The findings of policies in alert mode.</param>
    public static IEnumerable<Metric> Of(IReadOnlyList<Finding> alerting, Meter meter) =>
    [
        meter.Count("ResourcesUnread", alerting.Where(IsUnread).Select(f => f.Resource.Arn).Distinct(StringComparer.Ordinal).Count()),
        .. Counts(alerting, meter),
        .. meter.Compliance(Tally.Of(alerting)),
        .. alerting.GroupBy(f => f.Policy.Id, StringComparer.Ordinal).SelectMany(p => meter.Compliance(Tally.Of(p), ("Policy", p.Key))),
        .. alerting.GroupBy(f => f.Policy.Kind, StringComparer.Ordinal).SelectMany(k => meter.Compliance(Tally.Of(k), ("Kind", k.Key))),
    ];

    // A policy that does not apply needs nothing.
    private static bool IsUnread(Finding finding) =>
        finding.Verdict != Verdict.NotApplicable && finding.Readings.Any(r => r.State == ReadingState.Unknown);

    // Zeros too: a series that stops looks like a scanner that stopped.
    private static IEnumerable<Metric> Counts(IReadOnlyList<Finding> alerting, Meter meter)
    {
        var counts = alerting.CountBy(f => (f.Verdict, f.Policy.Severity)).ToDictionary();
        return from verdict in Enum.GetValues<Verdict>()
               from severity in Enum.GetValues<Severity>()
               select meter.Count("Findings", counts.GetValueOrDefault((verdict, severity)), ("Verdict", verdict.Word()), ("Severity", severity.Word()));
    }
}
