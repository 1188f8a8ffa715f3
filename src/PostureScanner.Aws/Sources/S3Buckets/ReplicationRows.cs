using Amazon.S3;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;
using static PostureScanner.Aws.Sources.S3Buckets.BucketProbes;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>The rows about replication that need more than the bucket's own answer.</summary>
internal static class ReplicationRows
{
    private const string NoReplication = "no replication rule is enabled";

    public static readonly FactRow<BucketSubject> Regions = new(
        new Fact("replication.regions", FactType.List, "The regions that enabled rules copy into.", [Rules.Call, Places.Call], "no enabled rule leads to a bucket that exists", Worse.LostElement),
        async (reads, _) =>
        {
            var places = await reads.OfAsync(Places);
            if (!places.IsKnown(out var destinations))
                return places.As<FactValue>();
            if (FirstUnread(destinations) is { } unread)
                return unread;
            var regions = destinations.All.Where(d => d.Place.State == ReadingState.Known).Select(d => d.Place.Value.Region).ToList();
            return places.Select((_, _) => regions.Count == 0 ? null : FactValue.Of(regions));
        },
        reads => reads.HasAsked(Places));

    public static readonly FactRow<BucketSubject> DestinationExists = new(
        new Fact("replication.destination-exists", FactType.Flag, "Every bucket that enabled rules copy into exists.", [Places.Call, Rules.Call], NoReplication, Worse.False),
        async (reads, _) => await EveryAsync(reads, destination => Task.FromResult(Exists(destination))),
        reads => reads.HasAsked(Places));

    public static readonly FactRow<BucketSubject> DestinationVersioned = new(
        new Fact("replication.destination-versioned", FactType.Flag, "Versioning is on in every bucket that enabled rules copy into; without it nothing arrives.", [Versioning.Call, Places.Call, Rules.Call], NoReplication, Worse.False),
        async (reads, _) => await EveryAsync(reads, async destination => destination.Place.IsKnown(out var place)
            ? (await reads.Subject.Book.VersioningOfAsync(destination.Route.Destination, place)).Select((v, _) => FactValue.Of(v.Status == VersionStatus.Enabled))
            : Exists(destination)));

    /// <summary>Joined: decided when the rules of all buckets have been read.</summary>
    public static readonly FactRow<BucketSubject> IsReplica = new(
        new Fact("replication.is-replica", FactType.Flag, "Another bucket's enabled rule copies into this one, or its tag dr-role is 'replica'.", [Rules.Call, Tags.Call], "no rule that was read names the bucket", null),
        async (reads, _) =>
        {
            reads.Subject.Book.RulesRead(reads.Subject.Resource.Name, await reads.OfAsync(Rules));
            return (await reads.OfAsync(Tags)).Select((tags, _) =>
                tags.GetValueOrDefault("dr-role") == "replica" ? FactValue.Of(value: true) : null);
        },
        Join: new(_ => true, (subject, byTag) => Task.FromResult(IsReplicaBeside(subject, byTag))));

    private static Reading<FactValue> IsReplicaBeside(BucketSubject subject, Reading<FactValue> byTag)
    {
        if (subject.Book.IsNamed(subject.Resource.Name))
            return Reading<FactValue>.Known(FactValue.Of(value: true), new Origin(Rules.Call.Operation, byTag.Origin!.ObservedAt));
        // Unread rules of others do not make this bucket's verdicts unknown: one denied bucket would take all the others with it.
        var unread = subject.Book.UnreadRulesBeside(subject.Resource.Name);
        return byTag.Noting(!subject.Book.IsListed
            ? "the listing of the account's buckets is not complete"
            : unread > 0 ? string.Create(null, $"the replication rules of {unread} other {(unread == 1 ? "bucket was" : "buckets were")} not read") : null);
    }

    private static async Task<Reading<FactValue>> EveryAsync(Reads<BucketSubject> reads, Func<Destination, Task<Reading<FactValue>>> read)
    {
        var places = await reads.OfAsync(Places);
        if (!places.IsKnown(out var destinations) || destinations.All.IsEmpty)
            return places.Select((_, _) => (FactValue?)null);
        var readings = await Task.WhenAll(destinations.All.Select(read));
        // One "no" decides, whatever could not be read beside it.
        var no = Array.Find(readings, r => r.IsKnown(out var value) && value == FactValue.Of(value: false));
        if (no.State == ReadingState.Known)
            return no;
        var unread = Array.Find(readings, r => r.State == ReadingState.Unknown);
        return unread.NotRead is null ? readings[0] : unread;
    }

    // S3 said that there is no such bucket: that is an answer.
    private static Reading<FactValue> Exists(Destination destination) => destination.Place.Select((_, _) => FactValue.Of(value: true)).OrElse(FactValue.Of(value: false));

    private static Reading<FactValue>? FirstUnread(Destinations destinations) =>
        destinations.All.FirstOrDefault(d => d.Place.State == ReadingState.Unknown)?.Place.As<FactValue>();
}
