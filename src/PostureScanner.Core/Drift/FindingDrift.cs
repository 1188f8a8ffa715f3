using System.Collections.Immutable;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>What became of one finding: its state for the next scan, and the change there is to tell.</summary>
/// <param name="From">The last decided verdict before; null where there was none.</param>
internal sealed record Turn(FindingState State, Verdict? From, Change? Change);

/// <summary>Compares one finding with its state, through unknown scans.</summary>
internal static class FindingDrift
{
    /// <summary>Failing, and of a policy that alerts.</summary>
    public static bool IsAlertable(Finding finding) => finding.Verdict == Verdict.Fail && finding.Policy.Mode == PolicyMode.Alert;

    /// <param name="isHeld">Its alert waits until the resource is older.</param>
    public static FindingState First(Finding finding, DateTimeOffset now, bool isHeld) =>
        new(Decided(finding), now, finding.Verdict == Verdict.Unknown ? 1 : 0, isHeld, [], Flapping: false);

    /// <param name="isYoung">The resource is younger than the grace.</param>
    public static Turn Compare(FindingState? before, Finding finding, DateTimeOffset now, bool isYoung)
    {
        if (before is null)
            return new Turn(First(finding, now, isHeld: isYoung && IsAlertable(finding)), null, null);
        if (finding.Verdict == Verdict.Unknown)
            return Unknown(before, finding);
        if (before.Decided == finding.Verdict)
            return Same(before, finding, isYoung);
        return Turned(before, finding, now, isYoung);
    }

    private static Turn Unknown(FindingState before, Finding finding)
    {
        var scans = before.UnknownScans + 1;
        var state = before with { UnknownScans = scans };
        // Told at the first scan without an alert, and with one when the next agrees: a single denied call may be a hiccup.
        var isNews = before.Decided is not null && scans <= DriftRules.UnknownScansBeforeAlert;
        var alerts = finding.Policy.Mode == PolicyMode.Alert && scans == DriftRules.UnknownScansBeforeAlert;
        return new Turn(state, before.Decided, isNews ? Make(ChangeKind.BecameUnknown, finding, before.Decided, alerts) : null);
    }

    private static Turn Same(FindingState before, Finding finding, bool isYoung)
    {
        var isDue = before.Held && !isYoung && IsAlertable(finding);
        var state = before with
        {
            UnknownScans = 0,
            Held = before.Held && !isDue && finding.Verdict == Verdict.Fail,
            // Two scans agree: it has settled.
            Flapping = false,
            Turns = before.Flapping ? [] : before.Turns,
        };
        // What flapped and then stays failed was never told as a failure.
        var isSettled = before.Flapping && IsAlertable(finding);
        var change = isDue || isSettled ? Make(ChangeKind.Regressed, finding, null, alerts: true)
            : before.UnknownScans > 0 ? Make(ChangeKind.BecameKnown, finding, Verdict.Unknown, alerts: false)
            : null;
        return new Turn(state, before.Decided, change);
    }

    private static Turn Turned(FindingState before, Finding finding, DateTimeOffset now, bool isYoung)
    {
        var kind = Kind(before.Decided, finding.Verdict);
        var turns = before.Turns.Where(t => now - t < DriftRules.FlappingSpan).Append(now).ToImmutableArray();
        var flaps = before.Flapping || turns.Length >= DriftRules.FlappingTurns;
        var isHeld = isYoung && IsAlertable(finding);
        var state = new FindingState(finding.Verdict, now, 0, isHeld, turns, flaps);
        if (kind is not { } told)
            return new Turn(state, before.Decided, null);
        if (flaps && !before.Flapping)
            return new Turn(state, before.Decided, Make(ChangeKind.Flapping, finding, before.Decided, finding.Policy.Mode == PolicyMode.Alert));
        return new Turn(state, before.Decided, Make(told, finding, before.Decided, !flaps && !isHeld && !IsUndone(before, told) && IsWorthAnAlert(told, finding.Policy)));
    }

    // A failure that waited and was never told is mended before anybody knew of it.
    private static bool IsUndone(FindingState before, ChangeKind told) => before.Held && (told is ChangeKind.Recovered or ChangeKind.LeftScope);

    /// <summary>What the step from one verdict to another is called; null where it is no news.</summary>
    public static ChangeKind? Kind(Verdict? before, Verdict after) => (before, after) switch
    {
        (_, Verdict.Unknown) => ChangeKind.BecameUnknown,
        (Verdict.Unknown, Verdict.Pass or Verdict.NotApplicable) => ChangeKind.BecameKnown,
        (_, Verdict.Waived) => ChangeKind.Waived,
        (Verdict.Waived, Verdict.Fail) => ChangeKind.WaiverExpired,
        (_, Verdict.Fail) => ChangeKind.Regressed,
        (Verdict.Fail, Verdict.Pass) => ChangeKind.Recovered,
        (Verdict.Pass or Verdict.Fail, Verdict.NotApplicable) => ChangeKind.LeftScope,
        (null, _) => ChangeKind.BecameKnown,
        // A policy that begins to apply and passes is no news.
        _ => null,
    };

    private static bool IsWorthAnAlert(ChangeKind kind, Policy policy) => policy.Mode == PolicyMode.Alert && kind switch
    {
        ChangeKind.Regressed or ChangeKind.Recovered or ChangeKind.WaiverExpired => true,
        ChangeKind.LeftScope => policy.Severity <= Severity.High,
        _ => false,
    };

    private static Change Make(ChangeKind kind, Finding finding, Verdict? before, bool alerts) => new(
        kind,
        kind == ChangeKind.LeftScope ? Severity.Medium : finding.Policy.Severity,
        finding.Resource.Target,
        finding.Resource,
        finding.Policy.Id,
        Fact: null,
        before?.Word(),
        finding.Verdict.Word(),
        finding.Message,
        alerts);

    private static Verdict? Decided(Finding finding) => finding.Verdict == Verdict.Unknown ? null : finding.Verdict;
}
