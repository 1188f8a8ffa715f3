using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Lambda;

/// <summary>The function's answer: what a run came to, in a few lines. The whole is in the evidence.</summary>
/// <param name="ScanId">Of the scan, or of the earlier one for the same moment.</param>
/// <param name="AlreadyDone">An earlier run has scanned for this moment; this one only told what was left to tell.</param>
/// <param name="Complete">Every target was listed to its end, and the time sufficed; null where there was no scan, for no state says it of the earlier one.</param>
/// <param name="Findings">Null where there was no scan.</param>
/// <param name="OutboxDepth">Alerts that some sink has not taken.</param>
/// <param name="EvidenceHead">The newest link of the evidence's chain, <c>number:SHA-256</c>; null where none was kept.</param>
/// <param name="Problems">Why the invocation fails; none where it does not.</param>
internal sealed record RunSummary(
    [property: JsonPropertyName("scanId")] string ScanId,
    [property: JsonPropertyName("scheduledTime")] string? ScheduledTime,
    [property: JsonPropertyName("alreadyDone")] bool AlreadyDone,
    [property: JsonPropertyName("complete")] bool? Complete,
    [property: JsonPropertyName("resources")] int? Resources,
    [property: JsonPropertyName("findings")] FindingCounts? Findings,
    [property: JsonPropertyName("drift")] int? Drift,
    [property: JsonPropertyName("outboxDepth")] int OutboxDepth,
    [property: JsonPropertyName("evidence")] string? Evidence,
    [property: JsonPropertyName("evidenceHead")] string? EvidenceHead,
    [property: JsonPropertyName("problems")] IReadOnlyList<string> Problems)
{
    public static RunSummary Of(Report report, RunEnd end, DateTimeOffset? moment, IReadOnlyList<string> problems) => new(
        report.ScanId,
        Text(moment),
        AlreadyDone: false,
        report.Complete,
        report.Resources,
        FindingCounts.Of(report.Alert),
        report.Drift.Length,
        end.OutboxDepth,
        end.Evidence.Package,
        end.Evidence.Head?.ToString(),
        problems);

    public static RunSummary AlreadyDoneBy(string scanId, RunEnd end, DateTimeOffset? moment, IReadOnlyList<string> problems) =>
        new(scanId, Text(moment), AlreadyDone: true, Complete: null, Resources: null, Findings: null, Drift: null, end.OutboxDepth, Evidence: null, EvidenceHead: null, problems);

    private static string? Text(DateTimeOffset? moment) => moment is { } at ? Instants.Format(at) : null;
}

/// <summary>Counts over alert-mode policies.</summary>
internal sealed record FindingCounts(
    [property: JsonPropertyName("pass")] int Pass,
    [property: JsonPropertyName("fail")] int Fail,
    [property: JsonPropertyName("unknown")] int Unknown,
    [property: JsonPropertyName("notApplicable")] int NotApplicable,
    [property: JsonPropertyName("waived")] int Waived,
    [property: JsonPropertyName("failBySeverity")] IReadOnlyDictionary<string, int> FailBySeverity)
{
    public static FindingCounts Of(Tally tally) => new(
        tally.Pass,
        tally.Fail,
        tally.Unknown,
        tally.NotApplicable,
        tally.Waived,
        Enum.GetValues<Severity>().ToImmutableSortedDictionary(s => s.Word(), s => tally.FailBySeverity[(int)s], StringComparer.Ordinal));
}
