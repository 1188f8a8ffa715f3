using System.Collections.Immutable;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>Compares any two states, however far apart, from what stands in them and nothing else: nothing alerts, nothing is held back.</summary>
public sealed class SnapshotDiff
{
    private readonly Snapshot _before;
    private readonly Snapshot _after;
    private readonly Vocabulary _vocabulary;
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _ofPolicies = new(StringComparer.Ordinal);

    private SnapshotDiff(Snapshot before, Snapshot after, Vocabulary vocabulary)
    {
        _before = before;
        _after = after;
        _vocabulary = vocabulary;
    }

    /// <summary>Worst first.</summary>
    public static ImmutableArray<Change> Of(Snapshot before, Snapshot after, Vocabulary vocabulary) =>
        [.. new SnapshotDiff(before, after, vocabulary).Changes().Order(ChangeOrder.Instance)];

    private List<Change> Changes()
    {
        var changes = new List<Change>(Targets());
        var known = _before.Targets.Select(t => (t.Target, t.Kind)).ToHashSet();
        var listed = _after.Targets.Where(t => !t.Lost).Select(t => (t.Target, t.Kind)).ToHashSet();
        foreach (var (arn, now) in _after.Resources)
        {
            if (_before.Resources.GetValueOrDefault(arn) is { } then)
                changes.AddRange(Of(then, now));
            // What stood in a target that the earlier scan did not look at is not new.
            else if (known.Contains((now.Resource.Target, now.Resource.Kind)))
                changes.Add(Make(ChangeKind.Appeared, Severity.Low, now.Resource, "is new"));
        }

        changes.AddRange(_before.Resources
            .Where(r => !_after.Resources.ContainsKey(r.Key) && listed.Contains((r.Value.Resource.Target, r.Value.Resource.Kind)))
            .Select(r => ResourceDrift.Disappeared(r.Value, _vocabulary.Find(r.Value.Resource.Kind), _before.StartedAt) with { Alerts = false }));
        // Last, when every verdict that a policy's change explains has been counted.
        changes.AddRange(Policies());
        return changes;
    }

    private IEnumerable<Change> Of(ResourceState then, ResourceState now)
    {
        var table = _vocabulary.Find(now.Resource.Kind);
        if (table is not null && ResourceDrift.IsReplaced(table, then.Facts, now.Facts))
        {
            yield return ResourceDrift.Replaced(now.Resource, []) with { Alerts = false };
            yield break;
        }

        foreach (var (policy, finding) in now.Findings)
        {
            if (then.Findings.GetValueOrDefault(policy) is not { } earlier || earlier.Last == finding.Last)
                continue;
            if (_before.Policies.GetValueOrDefault(policy) != _after.Policies.GetValueOrDefault(policy))
                Count(policy, earlier.Last, finding.Last);
            else if (FindingDrift.Kind(earlier.Last, finding.Last) is { } kind)
            {
                yield return Make(kind, _after.Policies[policy].Severity, now.Resource, $"{policy} was {earlier.Last.Word()}, is {finding.Last.Word()}") with
                {
                    PolicyId = policy, Before = earlier.Last.Word(), After = finding.Last.Word(),
                };
            }
        }

        if (table is not null)
        {
            foreach (var change in ResourceDrift.Of(table, now.Resource, then.Facts, now.Facts, [], _after.StartedAt))
                yield return change with { Alerts = false };
        }
    }

    private void Count(string policy, Verdict from, Verdict to)
    {
        var counts = _ofPolicies.TryGetValue(policy, out var there) ? there : _ofPolicies[policy] = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var step = $"{from.Word()} -> {to.Word()}";
        counts[step] = counts.GetValueOrDefault(step) + 1;
    }

    private IEnumerable<Change> Policies()
    {
        foreach (var (id, policy) in _after.Policies)
        {
            var counts = _ofPolicies.TryGetValue(id, out var steps) ? $": {string.Join(", ", steps.Select(s => string.Create(null, $"{s.Value} {s.Key}")))}" : "";
            if (!_before.Policies.TryGetValue(id, out var earlier))
                yield return OfPolicy(policy.Severity, id, "the policy is new");
            else if (earlier != policy)
                yield return OfPolicy(policy.Severity, id, $"the policy is changed{counts}");
        }

        foreach (var (id, gone) in _before.Policies.Where(p => !_after.Policies.ContainsKey(p.Key)))
            yield return OfPolicy(gone.Severity, id, "the policy is gone");
        if (_before.WaiversDigest != _after.WaiversDigest)
            yield return OfPolicy(Severity.Medium, null, "the waivers are changed");

        static Change OfPolicy(Severity severity, string? id, string message) => new(ChangeKind.PolicyChanged, severity, null, null, id, null, null, null, message, Alerts: false);
    }

    private IEnumerable<Change> Targets()
    {
        var earlier = _before.Targets.ToDictionary(t => (t.Target, t.Kind));
        foreach (var now in _after.Targets.Where(t => earlier.TryGetValue((t.Target, t.Kind), out var then) && then.Lost != t.Lost))
        {
            yield return new Change(
                now.Lost ? ChangeKind.TargetLost : ChangeKind.TargetBack, Severity.High, now.Target, null, null, null, null, null,
                now.Lost ? $"{now.Kind} can no longer be listed" : $"{now.Kind} can be listed again", Alerts: false) { ResourceKind = now.Kind };
        }
    }

    private static Change Make(ChangeKind kind, Severity severity, Resource resource, string message) =>
        new(kind, severity, resource.Target, resource, null, null, null, null, message, Alerts: false);
}
