using System.Collections.Immutable;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>Compares a scan with the last one. The same state twice is no change at all.</summary>
public sealed class DriftEngine
{
    private readonly Snapshot _before;
    private readonly Observation _now;
    private readonly Vocabulary _vocabulary;
    private readonly DriftRules _rules;
    private readonly PolicyDrift _policies;
    private readonly TargetDrift _targets;
    private readonly List<Change> _changes = [];
    private readonly ImmutableSortedDictionary<string, ResourceState>.Builder _resources = ImmutableSortedDictionary.CreateBuilder<string, ResourceState>(StringComparer.Ordinal);

    private DriftEngine(Snapshot? before, Observation now, Vocabulary vocabulary, DriftRules rules)
    {
        _before = before ?? Nothing(now);
        _now = now;
        _vocabulary = vocabulary;
        _rules = rules;
        _policies = new PolicyDrift(_before, now.Policies);
        _targets = new TargetDrift(_before, now.Listings);
    }

    /// <param name="before">Null where there was no scan before: everything is baseline.</param>
    public static DriftResult Compare(Snapshot? before, Observation now, Vocabulary vocabulary, DriftRules rules) =>
        new DriftEngine(before, now, vocabulary, rules).Compare();

    private DriftResult Compare()
    {
        _changes.AddRange(_targets.Changes);
        var findings = _now.Findings.GroupBy(f => f.Resource.Arn, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        foreach (var (arn, ofResource) in findings)
            Compare(ofResource[0].Resource, ofResource, _now.Facts.GetValueOrDefault(arn)?.Values ?? ImmutableSortedDictionary<string, FactValue?>.Empty);
        foreach (var (arn, state) in _before.Resources.Where(r => !findings.ContainsKey(r.Key)))
            Missing(arn, state);
        _changes.AddRange(_policies.Changes);

        var after = new Snapshot(_now.ScanId, _now.StartedAt, _policies.States, _policies.WaiversDigest, _targets.After, _resources.ToImmutable()) { Outbox = _before.Outbox, Sinks = _before.Sinks };
        ImmutableArray<Change> changes = [.. Copies.Together(Collapsed().Select(c => IsMuted(c) ? c with { Alerts = false } : c), CopiesOf).Order(ChangeOrder.Instance)];
        return new DueAlerts(_now, _before.ScanId, _rules).Of(changes, _targets.Baselines, after);
    }

    private void Compare(Resource resource, List<Finding> findings, ImmutableSortedDictionary<string, FactValue?> facts)
    {
        var earlier = _before.Resources.GetValueOrDefault(resource.Arn);
        // A bucket whose region could not be read this time still stands where it stood.
        var isPlaced = resource.Target.Region != Target.UnknownRegion;
        if (earlier is null)
        {
            if (isPlaced)
                Add(resource, findings, facts, _targets.IsBaseline(resource));
            return;
        }

        var table = _vocabulary.Find(resource.Kind);
        if (table is not null && ResourceDrift.IsReplaced(table, earlier.Facts, facts))
        {
            _changes.Add(ResourceDrift.Replaced(resource, findings));
            Add(resource, findings, facts, isBaseline: true);
            return;
        }

        var states = ImmutableSortedDictionary.CreateBuilder<string, FindingState>(StringComparer.Ordinal);
        var own = new List<Change>();
        var isYoung = earlier.FirstSeen is { } firstSeen && IsYoung(table, firstSeen, earlier.Facts.SetItems(facts));
        foreach (var finding in findings)
        {
            var turn = FindingDrift.Compare(earlier.Findings.GetValueOrDefault(finding.Policy.Id), finding, _now.StartedAt, isYoung);
            states[finding.Policy.Id] = turn.State;
            if (_policies.Explains(finding, turn))
                _policies.Count(finding, turn);
            else if (turn.Change is { } change)
                own.Add(change);
        }

        var causes = Causes(own, findings);
        own = [.. own.Select(c => IsCaused(c, causes, findings) ? c with { Alerts = false } : c)];
        if (table is not null)
        {
            var told = findings.Where(f => own.Exists(c => c.PolicyId == f.Policy.Id && (IsFailure(c, f) || IsCaused(c, causes, findings))));
            own.AddRange(ResourceDrift.Of(table, resource, earlier.Facts, facts, [.. told], _now.StartedAt));
        }

        _changes.AddRange(own);
        _resources[resource.Arn] = new ResourceState(
            isPlaced ? resource : earlier.Resource,
            earlier.FirstSeen,
            // What could not be read this time is remembered as it was last read.
            earlier.Facts.SetItems(facts),
            states.ToImmutable());
    }

    /// <summary>The facts behind what fails now.</summary>
    private static HashSet<string> Causes(List<Change> changes, List<Finding> findings) =>
        [.. findings.Where(f => changes.Exists(c => c.PolicyId == f.Policy.Id && IsFailure(c, f))).SelectMany(f => f.Policy.Facts).Select(f => f.Name)];

    // Told now, when the resource is older, or as flapping. A failure of a report-mode policy is told to nobody: nothing is to be silent because of it.
    private static bool IsFailure(Change change, Finding finding) => change.Kind is ChangeKind.Regressed or ChangeKind.Flapping && FindingDrift.IsAlertable(finding);

    // Switching one thing off fails one policy and takes the resource out of the scope of others: that is told once.
    private static bool IsCaused(Change change, HashSet<string> causes, List<Finding> findings) =>
        change.Kind is ChangeKind.LeftScope or ChangeKind.Flapping
        && findings.Find(f => f.Policy.Id == change.PolicyId) is { Verdict: Verdict.NotApplicable } left
        && Judge.IsOutOfScopeBy(causes, left);

    // Counted from the earlier of the two: S3 moves a bucket's creation when its policy is edited.
    private bool IsYoung(FactTable? table, DateTimeOffset firstSeen, ImmutableSortedDictionary<string, FactValue?> facts)
    {
        var created = table?.Created is { } name && facts.GetValueOrDefault(name) is FactValue.Instant at ? at.Value : firstSeen;
        return _rules.IsYoung(_now.StartedAt - (created < firstSeen ? created : firstSeen));
    }

    // Who accepts everything of a resource has accepted that it comes, goes and gets weaker.
    private bool IsMuted(Change change) =>
        change is { Kind: ChangeKind.Appeared or ChangeKind.Disappeared or ChangeKind.Weakened, Resource: { } resource } && _now.Policies.Waivers.Any(w => w.Mutes(resource, _now.StartedAt));

    private void Add(Resource resource, List<Finding> findings, ImmutableSortedDictionary<string, FactValue?> facts, bool isBaseline)
    {
        var isYoung = !isBaseline && IsYoung(_vocabulary.Find(resource.Kind), _now.StartedAt, facts);
        var states = findings.ToImmutableSortedDictionary(
            f => f.Policy.Id, f => FindingDrift.First(f, _now.StartedAt, isHeld: isYoung && FindingDrift.IsAlertable(f)), StringComparer.Ordinal);
        _resources[resource.Arn] = new ResourceState(resource, isBaseline ? null : _now.StartedAt, facts, states);
        if (!isBaseline)
            _changes.Add(ResourceDrift.Appeared(resource, findings, isYoung));
    }

    private void Missing(string arn, ResourceState state)
    {
        if (!_targets.IsListed(state.Resource))
        {
            _resources[arn] = state;
            return;
        }

        _changes.Add(ResourceDrift.Disappeared(state, _vocabulary.Find(state.Resource.Kind), _before.StartedAt));
    }

    /// <summary>A target of whose resources none can be judged whole is one change, not one per finding.</summary>
    private IEnumerable<Change> Collapsed()
    {
        foreach (var group in _changes.GroupBy(c => c.Kind == ChangeKind.BecameUnknown ? c.Target : null))
        {
            var unread = group.Select(c => c.Resource?.Arn).Distinct(StringComparer.Ordinal).Count();
            var all = group.Key is null ? 0 : _resources.Values.Count(r => r.Resource.Target == group.Key);
            if (group.Key is { } target && all > 1 && unread == all)
                yield return Together(target, [.. group.Order(ChangeOrder.Instance)], all);
            else
            {
                foreach (var change in group)
                    yield return change;
            }
        }
    }

    // Told where any part of it is to be told.
    private Change Together(Target target, List<Change> changes, int resources)
    {
        var worst = changes.Find(c => c.Alerts) ?? changes[0];
        var isWhole = _now.Findings.Where(f => f.Resource.Target == target).All(f => f.Verdict == Verdict.Unknown);
        var message = $"{(isWhole ? $"none of {resources} resources could be read" : $"of {resources} resources none could be read whole")}: {worst.Message}";
        var kinds = changes.Select(c => c.ResourceKind).Distinct(StringComparer.Ordinal).ToList();
        return worst with { Target = target, Resource = null, PolicyId = null, ResourceKind = kinds is [var only] ? only : null, Message = message };
    }

    // As read now, or as it was last read.
    private ImmutableArray<string> CopiesOf(Resource resource) =>
        _vocabulary.Find(resource.Kind)?.Copies is { } fact && _resources.GetValueOrDefault(resource.Arn)?.Facts.GetValueOrDefault(fact) is FactValue.List list ? list.Values : [];

    private static Snapshot Nothing(Observation now) => new(
        "", now.StartedAt, ImmutableSortedDictionary<string, PolicyState>.Empty, "", [], ImmutableSortedDictionary<string, ResourceState>.Empty);
}

/// <summary>Worst first, then by place, policy and fact.</summary>
internal sealed class ChangeOrder : IComparer<Change>
{
    public static readonly ChangeOrder Instance = new();

    public int Compare(Change? x, Change? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var bySeverity = (x.Severity, x.Kind).CompareTo((y.Severity, y.Kind));
        return bySeverity != 0 ? bySeverity : string.CompareOrdinal(Key(x), Key(y));
    }

    private static string Key(Change change) => $"{change.Target}\n{change.Resource?.Arn}\n{change.PolicyId}\n{change.Fact}";
}
