using System.Collections.Immutable;
using Amazon.S3;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using static PostureScanner.Aws.Sources.S3Buckets.BucketProbes;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>Every fact of a bucket: one row each.</summary>
internal sealed class BucketRows() : FactRows<BucketSubject>("AWS::S3::Bucket", [ListBuckets, new Call(BucketBook.Head, null)])
{
    private const string NoReplication = "no replication rule is enabled";
    private const string NoLock = "objects are not locked by default";

    public static readonly Call ListBuckets = new("s3:ListBuckets", "s3:ListAllMyBuckets");

    public static readonly BucketRows Instance = new();

    public override ImmutableArray<FactRow<BucketSubject>> Rows { get; } =
    [
        Creation("bucket.created", FactType.Instant, "When the bucket was created; AWS moves it when the bucket's policy is edited.", (created, _) => FactValue.Of(created)),
        Creation("bucket.age", FactType.Duration, "How long ago the bucket was created.", (created, now) => FactValue.Of(NotNegative(now - created))),

        // The SDK's "Off" stands for a bucket on which versioning was never switched on: S3 itself sends no status then.
        Flag(Versioning, "versioning.enabled", "Overwritten and deleted objects are kept as versions.", v => v.Status == VersionStatus.Enabled),
        Text(Versioning, "versioning.status", "Enabled, Suspended, or Off where it was never switched on.", v => v.Status?.Value ?? VersionStatus.Off.Value),
        Flag(Versioning, "versioning.mfa-delete", "Deleting a version needs a second factor.", v => v.EnableMfaDelete is true),
        Days(Lifecycle, "versioning.noncurrent-retention", "How long an overwritten or deleted object can be had back.", l => l.NoncurrentRetentionDays, "versions are kept for ever", Worse.LowerLimit),
        From(Lifecycle, "versioning.newer-versions-kept", FactType.Number, "How many old versions of an object are kept whatever their age.", (l, _) => l.NewerVersionsKept is { } kept ? FactValue.Of(kept) : null, "no enabled rule expires old versions", Worse.LowerLimit),

        Text(Encryption, "encryption.algorithm", "How new objects are encrypted by default: AES256, aws:kms or aws:kms:dsse.", e => e.ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm?.Value, "only emulators have buckets without default encryption", Worse.Left("aws:kms", "aws:kms:dsse")),
        Neutral(Encryption, "encryption.bucket-key", "A bucket key spares most calls to KMS.", e => e.BucketKeyEnabled is true),
        .. KeyRows.Of(Key, Encryption.Call),
        .. StackRows.OfKey(Key, Encryption.Call),

        Flag(Rules, "replication.enabled", "At least one replication rule is enabled.", r => r.Routes.Length > 0),
        Routes("replication.time-control", "Every enabled rule promises copies within 15 minutes (S3 Replication Time Control).", r => r.TimeControl),
        Routes("replication.delete-markers", "Every enabled rule copies delete markers, so that a delete is a delete in the copy, too.", r => r.DeleteMarkers),
        Routes("replication.kms-objects", "Every enabled rule copies objects encrypted with KMS; others leave them out.", r => r.KmsObjects),
        Places("replication.whole-bucket", "One enabled rule copies every object; where some rule leaves the region, one of those does.", (bucket, d) => d.Whole(bucket.Region)),
        Places("replication.cross-region", "An enabled rule leads into another region.", (bucket, d) => d.CrossRegion(bucket.Region)),
        Places("replication.cross-account", "An enabled rule leads to another account.", (bucket, d) => d.CrossAccount(bucket.Account.Id)),
        ReplicationRows.Regions,
        ReplicationRows.DestinationExists,
        ReplicationRows.DestinationVersioned,
        ReplicationRows.IsReplica,

        Neutral(Lifecycle, "lifecycle.enabled", "At least one lifecycle rule is enabled.", l => l.Enabled.Length > 0),
        From(Lifecycle, "lifecycle.expiration", FactType.Duration, "How long after their creation objects expire; on an unversioned bucket that is for good.", (l, origin) => l.Expiration(origin.ObservedAt) is { } after ? FactValue.Of(after) : null, "no enabled rule expires objects"),
        From(Lifecycle, "lifecycle.glacier-transition", FactType.Duration, "How long after their creation objects move to Glacier or Deep Archive, from where a restore takes minutes to days.", (l, origin) => l.GlacierTransition(origin.ObservedAt) is { } after ? FactValue.Of(after) : null, "no enabled rule moves objects there"),

        Text(ObjectLock, "object-lock.mode", "GOVERNANCE or COMPLIANCE: how new objects are locked by default.", o => o.Rule?.DefaultRetention?.Mode?.Value, NoLock, Worse.Left("COMPLIANCE")),
        Days(ObjectLock, "object-lock.retention", "How long new objects are locked by default; a year counts 365 days.", o => o.Rule?.DefaultRetention is { } retention ? retention.Days ?? (retention.Years is { } years ? (int)Math.Min(int.MaxValue, years * 365L) : null) : null, NoLock, Worse.Lower),
        Flag(PublicAccess, "public-access.bucket-blocked", "All four of the bucket's own settings block public access; the account's settings are not looked at.", p => p is { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }),

        .. StackRows.Of(Owner, [Tags.Call]),
        TagRows.Family(Tags),
    ];

    protected override string Created => "bucket.created";

    protected override string ResourceDimension => "BucketName";

    protected override string WhenGone(Resource resource, IReadOnlyDictionary<string, FactValue?> facts, DateTimeOffset lastSeen) =>
        facts.GetValueOrDefault("replication.regions") is { } regions
            ? $"its rules copied objects to {regions}: look for them there"
            : "S3 keeps nothing of a deleted bucket, and no replication was seen: only backups made elsewhere can bring it back";

    public override Task<ImmutableArray<string>> MembersAsync(Reads<BucketSubject> reads) => TagRows.MembersAsync(reads, Tags);

    private static FactRow<BucketSubject> Creation(string name, FactType type, string meaning, Func<DateTimeOffset, DateTimeOffset, FactValue> read) => new(
        new Fact(name, type, meaning, [ListBuckets], null, null),
        (reads, _) => Task.FromResult(reads.Subject.Created.Select((created, origin) => read(created.At, origin.ObservedAt))),
        _ => true);

    /// <summary>What must hold on every route, so that the weakest decides.</summary>
    private static FactRow<BucketSubject> Routes(string name, string meaning, Func<ReplicationRoute, bool> holds) =>
        Flag(Rules, name, meaning, r => r.Routes.Length == 0 ? null : r.Routes.All(holds), NoReplication);

    /// <summary>What depends on where the routes lead.</summary>
    private static FactRow<BucketSubject> Places(string name, string meaning, Func<BucketSubject, Destinations, bool?> read) => new(
        new Fact(name, FactType.Flag, meaning, [Rules.Call, BucketProbes.Places.Call], NoReplication, Worse.False),
        async (reads, _) =>
        {
            var places = await reads.OfAsync(BucketProbes.Places);
            if (!places.IsKnown(out var destinations) || destinations.All.IsEmpty)
                return places.Select((_, _) => (FactValue?)null);
            return read(reads.Subject, destinations) is { } value
                ? Reading<FactValue>.Known(FactValue.Of(value), places.Origin!)
                : destinations.All.Select(d => d.Place).FirstOrDefault(p => p.State == ReadingState.Unknown) is { NotRead: not null } unread
                    ? unread.As<FactValue>()
                    : reads.Subject.Caller.Unreadable<FactValue>(ListBuckets.Operation, "the listing of the account's own buckets is not complete");
        },
        reads => reads.HasAsked(BucketProbes.Places));
}
