using System.Collections.Immutable;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>What became of the policies and waivers. Verdicts that changed because of them are theirs to tell, and told once.</summary>
internal sealed class PolicyDrift
{
    private readonly Snapshot _before;
    private readonly PolicySet _now;
    private readonly bool _isFirst;
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _counts = new(StringComparer.Ordinal);

    public PolicyDrift(Snapshot before, PolicySet now)
    {
        _before = before;
        _now = now;
        _isFirst = before.ScanId.Length == 0;
        States = PolicyState.Of(now);
        WaiversDigest = PolicyState.WaiversDigest(now);
    }

    public ImmutableSortedDictionary<string, PolicyState> States { get; }

    public string WaiversDigest { get; }

    /// <summary>One per policy that is new, changed or gone, and one for the waivers.</summary>
    public IEnumerable<Change> Changes
    {
        get
        {
            if (_isFirst)
                yield break;
            foreach (var policy in _now.Policies.Where(HasChanged))
                yield return Make(policy.Severity, policy.Id, $"the policy is {(_before.Policies.ContainsKey(policy.Id) ? "changed" : "new")}{Counted(policy.Id)}", policy.Mode == PolicyMode.Alert);
            foreach (var (id, gone) in _before.Policies.Where(p => !States.ContainsKey(p.Key)))
                yield return Make(gone.Severity, id, "the policy is gone; nothing is judged by it any more", gone.Mode == PolicyMode.Alert);
            if (_before.WaiversDigest != WaiversDigest)
                yield return Make(Severity.Medium, null, $"the waivers are changed{Counted("")}", alerts: true);
        }
    }

    /// <summary>Whether a turn comes from a changed policy or waiver rather than from the resource.</summary>
    public bool Explains(Finding finding, Turn turn) => !_isFirst && ((HasChanged(finding.Policy) && IsStep(finding, turn)) || IsUnwaived(finding, turn));

    // An alert that was only waiting, or a second unknown scan, is no step: no policy explains it away.
    private static bool IsStep(Finding finding, Turn turn) => turn.From != finding.Verdict && turn.State.UnknownScans <= 1;

    public void Count(Finding finding, Turn turn)
    {
        if (turn.From == finding.Verdict)
            return;
        var key = HasChanged(finding.Policy) ? finding.Policy.Id : "";
        var counts = _counts.TryGetValue(key, out var there) ? there : _counts[key] = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var step = $"{turn.From?.Word() ?? "none"} -> {finding.Verdict.Word()}";
        counts[step] = counts.GetValueOrDefault(step) + 1;
    }

    private bool HasChanged(Policy policy) => _before.Policies.GetValueOrDefault(policy.Id) != States[policy.Id];

    // Taken out of the file, not run out: that is a decision about the waivers. One that ran out still stands there.
    private bool IsUnwaived(Finding finding, Turn turn) =>
        turn.From == Verdict.Waived && finding.Verdict == Verdict.Fail && _before.WaiversDigest != WaiversDigest
        && !_now.Waivers.Any(w => w.Covers(finding.Policy, finding.Resource, DateTimeOffset.MinValue));

    private string Counted(string key) => _counts.TryGetValue(key, out var counts)
        ? $": {string.Join(", ", counts.Select(c => string.Create(null, $"{c.Value} {c.Key}")))}"
        : "";

    private static Change Make(Severity severity, string? policyId, string message, bool alerts) =>
        new(ChangeKind.PolicyChanged, severity, null, null, policyId, null, null, null, message, alerts);
}
