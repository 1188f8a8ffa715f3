using PostureScanner.Sandbox.S3;

namespace PostureScanner.Sandbox.Founding;

internal static class BucketFounder
{
    public static World Add(Estate estate, BucketSpec spec)
    {
        if (estate.World.Buckets.ContainsKey(spec.Name))
            throw new EstateException($"The estate already has a bucket {spec.Name}.");
        var bucket = Blank(estate, spec.Name, estate.AccountOr(spec.Account), estate.RegionOr(spec.Region));
        return estate.World.Put(Alter(estate, bucket, spec));
    }

    public static World Change(Estate estate, BucketSpec spec) => estate.World.Put(Alter(estate, Existing(estate, spec.Name), spec));

    public static World Remove(Estate estate, string name) =>
        estate.World with { Buckets = estate.World.Buckets.Remove(Existing(estate, name).Name) };

    /// <summary>A bucket as CreateBucket makes it since April 2023: nobody's ACLs, nothing public.</summary>
    public static Bucket Blank(Estate estate, string name, string account, string region) =>
        new Bucket { Account = account, Region = region, Name = name, Created = estate.Now }
            .With(Subresource.PublicAccessBlock, BucketXml.PublicAccessBlock(BucketSpec.AllPublicAccess));

    private static Bucket Alter(Estate estate, Bucket bucket, BucketSpec spec)
    {
        bucket = bucket with
        {
            Created = spec.Created is { } age ? estate.Now - age : bucket.Created,
            Tags = bucket.Tags.Merge(spec.Tags, estate.Now),
            ReadableBy = spec.ReadableBy is null ? bucket.ReadableBy : [.. spec.ReadableBy],
        };
        if (spec.Versioning is not null || spec.MfaDelete is not null)
            bucket = bucket.With(Subresource.Versioning, VersioningOf(bucket, spec));
        if (spec.Encryption is not null || spec.Key is not null || spec.BucketKey is not null)
            bucket = bucket.With(Subresource.Encryption, BucketXml.Encryption(spec.Encryption, KeyOf(estate, bucket, spec), spec.BucketKey ?? false));
        if (spec.Replication is not null)
            bucket = bucket.With(Subresource.Replication, ReplicationXml.Of(estate, bucket, spec.Replication));
        if (spec.Lifecycle is not null)
            bucket = bucket.With(Subresource.Lifecycle, LifecycleXml.Of(spec.Lifecycle));
        if (spec.ObjectLock is not null)
            bucket = bucket.With(Subresource.ObjectLock, BucketXml.ObjectLock(spec.ObjectLock));
        if (spec.PublicAccessBlock is not null)
            bucket = bucket.With(Subresource.PublicAccessBlock, spec.PublicAccessBlock.Count == 0 ? null : BucketXml.PublicAccessBlock(spec.PublicAccessBlock));
        return bucket;
    }

    private static System.Xml.Linq.XElement? VersioningOf(Bucket bucket, BucketSpec spec) =>
        BucketXml.Versioning(spec.Versioning, spec.MfaDelete, bucket.Settings.GetValueOrDefault(Subresource.Versioning));

    private static string? KeyOf(Estate estate, Bucket bucket, BucketSpec spec) =>
        spec.Key is null or Keyring.Managed ? null : Keyring.ArnOf(estate.World, bucket.Account, bucket.Region, spec.Key);

    private static Bucket Existing(Estate estate, string name) =>
        estate.World.Buckets.GetValueOrDefault(name) ?? throw new EstateException($"The estate has no bucket {name}.");
}
