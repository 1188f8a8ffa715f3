using System.Collections.Immutable;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>What became of the targets: new ones, lost ones, and those that are back.</summary>
internal sealed class TargetDrift
{
    private readonly Dictionary<(Target Target, string Kind), Listing> _listings;
    private readonly HashSet<(Target Target, string Kind)> _known;

    public TargetDrift(Snapshot before, ImmutableArray<Listing> listings)
    {
        // Buckets of unknown region have no target of their own.
        var placed = listings.Where(l => l.Target.Region != Target.UnknownRegion).ToList();
        _listings = placed.ToDictionary(l => (l.Target, l.Kind));
        _known = [.. before.Targets.Select(t => (t.Target, t.Kind))];
        Baselines = [.. placed.Where(l => l.Complete && !_known.Contains((l.Target, l.Kind))).Select(l => new TargetState(l.Target, l.Kind, Lost: false))];
        // A target that has never been listed to its end is no target yet: its first whole listing will be its baseline.
        var states = before.Targets.Select(t => ListingOf(t) is { } listing ? t with { Lost = !listing.Complete } : t);
        After = [.. states.Concat(Baselines).OrderBy(t => t.Target).ThenBy(t => t.Kind, StringComparer.Ordinal)];
        Changes = [.. before.Targets.Select(Change).OfType<Change>()];
    }

    public ImmutableArray<TargetState> Baselines { get; }

    public ImmutableArray<TargetState> After { get; }

    public ImmutableArray<Change> Changes { get; }

    public bool IsBaseline(Resource resource) => !_known.Contains((resource.Target, resource.Kind));

    /// <summary>The resource's target was listed to its end: what it does not name is gone.</summary>
    public bool IsListed(Resource resource) => _listings.TryGetValue((resource.Target, resource.Kind), out var listing) && listing.Complete;

    /// <summary>What this scan says of a target it knew: its listing, or that of an account nobody got into. Null where nobody was asked to look.</summary>
    private Listing? ListingOf(TargetState before) => _listings.GetValueOrDefault((before.Target, before.Kind))
        ?? _listings.Values.FirstOrDefault(l => !l.Complete && l.Kind == before.Kind && l.Target.Covers(before.Target));

    private Change? Change(TargetState before)
    {
        if (ListingOf(before) is not { } listing || before.Lost != listing.Complete)
            return null;
        return listing.Complete
            ? Make(ChangeKind.TargetBack, $"{before.Kind} can be listed again")
            : Make(ChangeKind.TargetLost, $"{before.Kind} can no longer be listed: {listing.Problem}");

        Change Make(ChangeKind kind, string message) => new(kind, Severity.High, before.Target, null, null, null, null, null, message, Alerts: true) { ResourceKind = before.Kind };
    }
}
