using System.Collections.Immutable;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>The calls about one bucket.</summary>
internal static class BucketProbes
{
    public static readonly Probe<BucketSubject, S3BucketVersioningConfig> Versioning = new(BucketBook.Versioning, "s3:GetBucketVersioning", reads =>
        reads.Subject.Book.VersioningOfAsync(reads.Subject.Resource.Name, new BucketPlace(reads.Subject.Region, IsOwn: true)));

    // Every bucket has a default since January 2023; only emulators still say that there is none.
    public static readonly Probe<BucketSubject, ServerSideEncryptionRule> Encryption = Setting(
        "s3:GetBucketEncryption",
        "s3:GetEncryptionConfiguration",
        "ServerSideEncryptionConfigurationNotFoundError",
        (s3, bucket, owner, token) => s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
        response => response.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules is [{ ServerSideEncryptionByDefault: not null }, ..],
        response => response.ServerSideEncryptionConfiguration.ServerSideEncryptionRules[0]);

    public static readonly Probe<BucketSubject, DataKey> Key = new(KeyBook.Operation, KeyBook.Operation, async reads =>
    {
        var encryption = await reads.OfAsync(Encryption);
        if (!encryption.IsKnown(out var rule))
            return encryption.As<DataKey>();
        var byDefault = rule.ServerSideEncryptionByDefault;
        if (byDefault.ServerSideEncryptionAlgorithm?.Value.StartsWith("aws:kms", StringComparison.Ordinal) != true)
            return Reading<DataKey>.Known(DataKey.AwsOwned, encryption.Origin!);
        var named = byDefault.ServerSideEncryptionKeyManagementServiceKeyId;
        var isDefault = string.IsNullOrEmpty(named);
        return DataKey.Of(await reads.Subject.Keys.OfAsync(isDefault ? "alias/aws/s3" : named, reads.Subject.Region), isDefault);
    });

    public static readonly Probe<BucketSubject, Replication> Rules = Setting(
        "s3:GetBucketReplication",
        "s3:GetReplicationConfiguration",
        "ReplicationConfigurationNotFoundError",
        (s3, bucket, owner, token) => s3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
        response => response.Configuration?.Rules is { Count: > 0 },
        response => new Replication(ReplicationRoute.Of(response.Configuration)),
        whenAbsent: Replication.None);

    /// <summary>Where each route leads. HeadBucket needs no permission: even a refusal names the region.</summary>
    public static readonly Probe<BucketSubject, Destinations> Places = new(BucketBook.Head, permission: null, async reads =>
    {
        var rules = await reads.OfAsync(Rules);
        if (!rules.IsKnown(out var replication))
            return rules.As<Destinations>();
        var routes = replication.Routes.Select(async route => new Destination(route, await reads.Subject.Book.PlaceOfAsync(route.Destination)));
        return Reading<Destinations>.Known(new Destinations([.. await Task.WhenAll(routes)]), rules.Origin!);
    });

    public static readonly Probe<BucketSubject, LifecycleRules> Lifecycle = Setting(
        "s3:GetBucketLifecycleConfiguration",
        "s3:GetLifecycleConfiguration",
        "NoSuchLifecycleConfiguration",
        (s3, bucket, owner, token) => s3.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
        response => response.Configuration?.Rules is not null,
        response => new LifecycleRules([.. response.Configuration.Rules.Where(r => r.Status == LifecycleRuleStatus.Enabled)]),
        whenAbsent: LifecycleRules.None);

    public static readonly Probe<BucketSubject, ObjectLockConfiguration> ObjectLock = Setting(
        "s3:GetObjectLockConfiguration",
        "s3:GetBucketObjectLockConfiguration",
        "ObjectLockConfigurationNotFoundError",
        (s3, bucket, owner, token) => s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
        response => response.ObjectLockConfiguration is not null,
        response => response.ObjectLockConfiguration);

    public static readonly Probe<BucketSubject, PublicAccessBlockConfiguration> PublicAccess = Setting(
        "s3:GetPublicAccessBlock",
        "s3:GetBucketPublicAccessBlock",
        "NoSuchPublicAccessBlockConfiguration",
        (s3, bucket, owner, token) => s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
        response => response.PublicAccessBlockConfiguration is not null,
        response => response.PublicAccessBlockConfiguration,
        whenAbsent: new PublicAccessBlockConfiguration());

    public static readonly Probe<BucketSubject, ImmutableSortedDictionary<string, string>> Tags = Setting(
        "s3:GetBucketTagging",
        "s3:GetBucketTagging",
        "NoSuchTagSet",
        (s3, bucket, owner, token) => s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
        response => response.TagSet?.TrueForAll(t => t.Key is not null && t.Value is not null) != false,
        response => TagRows.Of((response.TagSet ?? []).Select(t => (t.Key, t.Value))),
        whenAbsent: ImmutableSortedDictionary<string, string>.Empty);

    public static readonly Probe<BucketSubject, StackOwner> Owner = StackRows.OwnerBy(Tags);

    /// <summary>A setting of the bucket, asked with the expected owner: a bucket deleted and taken by somebody else is refused, not read.</summary>
    /// <param name="absentCode">The error code by which S3 says "not configured".</param>
    /// <param name="whenAbsent">What "not configured" amounts to; null where it is just that.</param>
    private static Probe<BucketSubject, TAnswer> Setting<TResponse, TAnswer>(
        string operation,
        string permission,
        string absentCode,
        Func<IAmazonS3, string, string, CancellationToken, Task<TResponse>> send,
        Func<TResponse, bool>? isWhole,
        Func<TResponse, TAnswer> read,
        TAnswer? whenAbsent = null)
        where TResponse : AmazonWebServiceResponse
        where TAnswer : class =>
        new(operation, permission, async reads =>
        {
            var subject = reads.Subject;
            var answer = await subject.Caller.AskAsync(
                subject.Api(operation), token => send(subject.Account.S3(subject.Region), subject.Resource.Name, subject.Account.Id, token), [absentCode], isWhole, reads.StopReading);
            var reading = answer.Select((response, _) => read(response));
            return whenAbsent is null ? reading : reading.OrElse(whenAbsent);
        });
}
