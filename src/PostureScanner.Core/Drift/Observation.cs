using System.Collections.Immutable;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>What one scan says to drift.</summary>
/// <param name="Findings">Every verdict.</param>
/// <param name="Facts">The readings of each resource that drift looks at, by ARN; what is Unknown is not in it.</param>
public sealed record Observation(
    string ScanId,
    DateTimeOffset StartedAt,
    PolicySet Policies,
    ImmutableArray<Listing> Listings,
    ImmutableArray<Finding> Findings,
    ImmutableSortedDictionary<string, ResourceReading> Facts);

/// <summary>One resource's readings; null is "not configured".</summary>
public sealed record ResourceReading(Resource Resource, ImmutableSortedDictionary<string, FactValue?> Values)
{
    /// <summary>Keeps of a sheet what drift can use: facts that can weaken, tell incarnations apart, or bound the restorable window.</summary>
    public static ResourceReading Of(Sheet sheet) => new(
        sheet.Resource,
        sheet.Readings
            .Where(r => r.Reading.State != ReadingState.Unknown && sheet.Table.IsWatched(r.Fact))
            .ToImmutableSortedDictionary(r => r.Fact.Name, r => r.Reading.IsKnown(out var value) ? value : null, StringComparer.Ordinal));
}
