using System.Collections.Immutable;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>A route and where it leads; the place is Absent where the destination does not exist.</summary>
internal sealed record Destination(ReplicationRoute Route, Reading<BucketPlace> Place)
{
    /// <summary>Null where the place could not be read.</summary>
    public bool? LeavesRegion(string home) => Place.State switch
    {
        ReadingState.Known => Place.Value.Region != home,
        ReadingState.Absent => false,
        _ => null,
    };
}

/// <summary>Where all routes out of one bucket lead.</summary>
internal sealed record Destinations(ImmutableArray<Destination> All)
{
    private static readonly Func<Destination, bool> WholeBucket = d => d.Route.WholeBucket;

    /// <summary>Some route leads into another region; null where that depends on a place that could not be read.</summary>
    public bool? CrossRegion(string home) => Any(All.Select(d => d.LeavesRegion(home)));

    /// <summary>Some route leads to another account's bucket.</summary>
    public bool? CrossAccount(string account) => Any(All.Select(d => d.Route.OwnerAccount is { } owner
        ? owner != account
        : d.Place.State switch
        {
            ReadingState.Known => !d.Place.Value.IsOwn,
            ReadingState.Absent => false,
            _ => (bool?)null,
        }));

    /// <summary>
    /// Every object is copied by one route. Where some route leaves the region, one of those must do it: a whole copy next door and
    /// a prefix far away is not a whole copy far away.
    /// </summary>
    public bool? Whole(string home)
    {
        if (All.All(WholeBucket) || !All.Any(WholeBucket))
            return All.Any(WholeBucket);
        var far = All.Where(d => d.LeavesRegion(home) == true).ToList();
        var unread = All.Where(d => d.LeavesRegion(home) is null).ToList();
        if (far.Exists(d => WholeBucket(d)))
            return true;
        if (unread.Exists(d => WholeBucket(d)))
            return null;
        return far.Count > 0 ? false : unread.Count > 0 ? null : true;
    }

    // Kleene's "any": one true decides, one unread leaves open.
    private static bool? Any(IEnumerable<bool?> values)
    {
        var all = values.ToList();
        return all.Contains(true) ? true : all.Contains(null) ? null : false;
    }
}
