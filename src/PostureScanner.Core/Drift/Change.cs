using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>One thing that is otherwise than at the scan before.</summary>
/// <param name="Kind">The word of the contract: <c>regressed</c>, <c>recovered</c>, <c>appeared</c>, …</param>
/// <param name="Policy">Null where the change is the resource's own.</param>
/// <param name="Before">The verdict before; null where there was none.</param>
/// <param name="After">The verdict now; null where there is none.</param>
public sealed record Change(string Kind, Severity Severity, Resource Resource, Policy? Policy, Verdict? Before, Verdict? After, string? Message);

/// <summary>Compares the findings of two scans made with the same policies.</summary>
public static class Changes
{
    private const string LeftScope = "left-scope";

    /// <param name="listings">The later scan's: only a complete listing that lacks a resource says that it is gone.</param>
    /// <returns>Worst first; the same state twice is no change at all.</returns>
    public static IReadOnlyList<Change> Between(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after, IReadOnlyList<Listing> listings)
    {
        var earlier = before.ToDictionary(f => f.Id, StringComparer.Ordinal);
        var verdicts = after
            .Where(f => earlier.ContainsKey(f.Id))
            .Select(f => (Before: earlier[f.Id], After: f))
            .Select(pair => (Kind: Kind(pair.Before.Verdict, pair.After.Verdict), pair.Before, pair.After))
            .Where(change => change.Kind is not null)
            .Select(change => new Change(
                change.Kind!,
                change.Kind == LeftScope ? Severity.Medium : change.After.Policy.Severity,
                change.After.Resource,
                change.After.Policy,
                change.Before.Verdict,
                change.After.Verdict,
                change.After.Message));

        // By ARN: a bucket whose region could not be read this time stands elsewhere, but it is not gone.
        var gone = Resources(before).ExceptBy(Resources(after).Select(r => r.Arn), r => r.Arn, StringComparer.Ordinal)
            .Where(r => listings.Any(l => l.Complete && l.Kind == r.Kind && l.Target == r.Target))
            .Select(r => new Change("disappeared", Severity.High, r, null, null, null, null));
        var come = Resources(after).ExceptBy(Resources(before).Select(r => r.Arn), r => r.Arn, StringComparer.Ordinal)
            .Select(r => new Change("appeared", WorstFailure(after, r), r, null, null, null, null));

        return
        [
            .. verdicts.Concat(gone).Concat(come)
                .OrderBy(c => c.Severity)
                .ThenBy(c => c.Resource.Arn, StringComparer.Ordinal)
                .ThenBy(c => c.Policy?.Id ?? "", StringComparer.Ordinal),
        ];
    }

    // A policy that begins to apply and passes is no news.
    private static string? Kind(Verdict before, Verdict after) => (before, after) switch
    {
        _ when before == after => null,
        (_, Verdict.Waived) => "waived",
        (Verdict.Waived, Verdict.Fail) => "waiver-expired",
        (_, Verdict.Fail) => "regressed",
        (Verdict.Fail, Verdict.Pass) => "recovered",
        (_, Verdict.Unknown) => "became-unknown",
        (Verdict.Unknown, _) => "became-known",
        (Verdict.Pass or Verdict.Fail, Verdict.NotApplicable) => LeftScope,
        _ => null,
    };

    private static IEnumerable<Resource> Resources(IReadOnlyList<Finding> findings) => findings.Select(f => f.Resource).Distinct();

    private static Severity WorstFailure(IReadOnlyList<Finding> findings, Resource resource) =>
        findings.Where(f => f.Verdict == Verdict.Fail && f.Resource == resource).Select(f => f.Policy.Severity).DefaultIfEmpty(Severity.Low).Min();
}
