using System.Collections.Immutable;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>Makes the alerts of one scan: of its changes, of its baseline, and of critical findings that have failed for long.</summary>
internal sealed class DueAlerts(Observation now, string previousScan, DriftRules rules)
{
    private readonly Dictionary<(string Arn, string Policy), Finding> _findings = now.Findings.ToDictionary(f => (f.Resource.Arn, f.Policy.Id));
    private readonly Dictionary<string, Policy> _policies = now.Policies.Policies.ToDictionary(p => p.Id, StringComparer.Ordinal);

    /// <param name="after">The state without the memory of what is told now.</param>
    public DriftResult Of(ImmutableArray<Change> changes, ImmutableArray<TargetState> baselines, Snapshot after)
    {
        ImmutableArray<Change> named = [.. changes.Select(c => c.Alerts ? c with { AlertId = Alert.IdOf(previousScan, Subject(c), c.PolicyId ?? c.Fact, c.Kind.Word()) } : c)];
        var reminders = new List<Alert>();
        var resources = after.Resources.ToBuilder();
        foreach (var finding in now.Findings.Where(IsRemembered).OrderBy(f => f.Resource.Arn, StringComparer.Ordinal).ThenBy(f => f.Policy.Id, StringComparer.Ordinal))
        {
            if (!resources.TryGetValue(finding.Resource.Arn, out var resource) || resource.Findings.GetValueOrDefault(finding.Policy.Id) is not { Held: false, Flapping: false } state)
                continue;
            var isDue = state.Told is { } told && now.StartedAt - told >= rules.RemindAfter;
            if (isDue)
                reminders.Add(Of(finding, state));
            if (isDue || state.Told is null)
                resources[finding.Resource.Arn] = resource with { Findings = resource.Findings.SetItem(finding.Policy.Id, state with { Told = now.StartedAt }) };
        }

        var states = resources.ToImmutable();
        return new DriftResult(
            named, baselines, [.. Baseline(baselines), .. named.Where(c => c.Alerts).Select(c => Of(c, states)), .. reminders], after with { Resources = states });
    }

    // Only critical findings come back by themselves: a reminder of everything is read by nobody.
    private static bool IsRemembered(Finding finding) => finding.Policy.Severity == Severity.Critical && FindingDrift.IsAlertable(finding);

    private Alert Of(Change change, ImmutableSortedDictionary<string, ResourceState> after)
    {
        var finding = change is { Resource: { } resource, PolicyId: { } id } ? _findings.GetValueOrDefault((resource.Arn, id)) : null;
        var policy = change.PolicyId is { } policyId ? _policies.GetValueOrDefault(policyId) : null;
        // A policy's reason and fix are about what fails: they mend neither a lost tag nor a denied call.
        var isFailing = change.After == Verdict.Fail.Word();
        return new Alert(
            change.AlertId!,
            now.ScanId,
            now.StartedAt,
            change.Kind.Word(),
            change.Severity,
            change.Target,
            change.ResourceKind,
            change.Resource,
            change.Regions,
            change.PolicyId,
            policy?.Title,
            change.Fact,
            change.Before,
            change.After,
            change.Message,
            isFailing ? policy?.Because : null,
            isFailing ? finding?.Fix : null,
            finding is null ? null : after.GetValueOrDefault(finding.Resource.Arn)?.Findings.GetValueOrDefault(finding.Policy.Id)?.Since);
    }

    private Alert Of(Finding finding, FindingState state) => new(
        Alert.IdOf(previousScan, finding.Resource.Arn, finding.Policy.Id, Alert.Reminder),
        now.ScanId,
        now.StartedAt,
        Alert.Reminder,
        finding.Policy.Severity,
        finding.Resource.Target,
        finding.Resource.Kind,
        finding.Resource,
        [],
        finding.Policy.Id,
        finding.Policy.Title,
        Fact: null,
        Before: null,
        finding.Verdict.Word(),
        finding.Message,
        finding.Policy.Because,
        finding.Fix,
        state.Since);

    /// <summary>One for all new targets; none where nothing fails there.</summary>
    private IEnumerable<Alert> Baseline(ImmutableArray<TargetState> baselines)
    {
        var isNew = baselines.Select(b => (b.Target, b.Kind)).ToHashSet();
        var findings = now.Findings.Where(f => f.Policy.Mode == PolicyMode.Alert && isNew.Contains((f.Resource.Target, f.Resource.Kind))).ToList();
        var failing = findings.Where(f => f.Verdict == Verdict.Fail).ToList();
        if (failing.Count == 0)
            yield break;

        var targets = isNew.Select(n => n.Target).Distinct().Order().ToList();
        var bySeverity = failing.CountBy(f => f.Policy.Severity).OrderBy(c => c.Key).Select(c => string.Create(null, $"{c.Value} {c.Key.Word()}"));
        var message = string.Create(
            null,
            $"first scan of {string.Join(", ", targets)}: {failing.Count} fail ({string.Join(", ", bySeverity)}), {findings.Count(f => f.Verdict == Verdict.Unknown)} unknown, {findings.Count(f => f.Verdict == Verdict.Waived)} waived; from now on only changes are told");
        yield return new Alert(
            Alert.IdOf(previousScan, string.Join(',', isNew.Select(n => $"{n.Target}/{n.Kind}").Order(StringComparer.Ordinal)), null, Alert.Baseline),
            now.ScanId,
            now.StartedAt,
            Alert.Baseline,
            failing.Min(f => f.Policy.Severity),
            targets is [var only] ? only : null,
            null,
            null,
            [],
            null,
            null,
            null,
            null,
            null,
            message,
            null,
            null,
            null);
    }

    private static string Subject(Change change) => change.Resource?.Arn ?? (change.Target is { } target ? $"{target}/{change.ResourceKind}" : "");
}
