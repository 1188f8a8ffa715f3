using System.Collections.Immutable;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>The calls about one bucket. The error codes are S3's ways to say "not configured".</summary>
internal static class BucketProbes
{
    public static readonly Probe<BucketSubject, S3BucketVersioningConfig> Versioning = new(BucketBook.Versioning, "s3:GetBucketVersioning", reads =>
        reads.Subject.Book.VersioningOfAsync(reads.Subject.Resource.Name, new BucketPlace(reads.Subject.Region, IsOwn: true)));

    // Every bucket has a default since January 2023; only emulators still say that there is none.
    public static readonly Probe<BucketSubject, ServerSideEncryptionRule> Encryption = new("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration", async reads =>
        (await AskAsync(
            reads,
            "s3:GetBucketEncryption",
            "ServerSideEncryptionConfigurationNotFoundError",
            (s3, bucket, owner, token) => s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
            response => response.ServerSideEncryptionConfiguration?.ServerSideEncryptionRules is [{ ServerSideEncryptionByDefault: not null }, ..]))
        .Select((response, _) => response.ServerSideEncryptionConfiguration.ServerSideEncryptionRules[0]));

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

    public static readonly Probe<BucketSubject, Replication> Rules = new("s3:GetBucketReplication", "s3:GetReplicationConfiguration", async reads =>
        (await AskAsync(
            reads,
            "s3:GetBucketReplication",
            "ReplicationConfigurationNotFoundError",
            (s3, bucket, owner, token) => s3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
            response => response.Configuration?.Rules is { Count: > 0 }))
        .Select((response, _) => new Replication(ReplicationRoute.Of(response.Configuration)))
        .OrElse(Replication.None));

    /// <summary>Where each route leads. HeadBucket needs no permission: even a refusal names the region.</summary>
    public static readonly Probe<BucketSubject, Destinations> Places = new(BucketBook.Head, permission: null, async reads =>
    {
        var rules = await reads.OfAsync(Rules);
        if (!rules.IsKnown(out var replication))
            return rules.As<Destinations>();
        var routes = replication.Routes.Select(async route => new Destination(route, await reads.Subject.Book.PlaceOfAsync(route.Destination)));
        return Reading<Destinations>.Known(new Destinations([.. await Task.WhenAll(routes)]), rules.Origin!);
    });

    public static readonly Probe<BucketSubject, LifecycleRules> Lifecycle = new("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", async reads =>
        (await AskAsync(
            reads,
            "s3:GetBucketLifecycleConfiguration",
            "NoSuchLifecycleConfiguration",
            (s3, bucket, owner, token) => s3.GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
            response => response.Configuration?.Rules is not null))
        .Select((response, _) => new LifecycleRules([.. response.Configuration.Rules.Where(r => r.Status == LifecycleRuleStatus.Enabled)]))
        .OrElse(LifecycleRules.None));

    public static readonly Probe<BucketSubject, ObjectLockConfiguration> ObjectLock = new("s3:GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", async reads =>
        (await AskAsync(
            reads,
            "s3:GetObjectLockConfiguration",
            "ObjectLockConfigurationNotFoundError",
            (s3, bucket, owner, token) => s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
            response => response.ObjectLockConfiguration is not null))
        .Select((response, _) => response.ObjectLockConfiguration));

    public static readonly Probe<BucketSubject, PublicAccessBlockConfiguration> PublicAccess = new("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", async reads =>
        (await AskAsync(
            reads,
            "s3:GetPublicAccessBlock",
            "NoSuchPublicAccessBlockConfiguration",
            (s3, bucket, owner, token) => s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
            response => response.PublicAccessBlockConfiguration is not null))
        .Select((response, _) => response.PublicAccessBlockConfiguration)
        .OrElse(new PublicAccessBlockConfiguration()));

    public static readonly Probe<BucketSubject, ImmutableSortedDictionary<string, string>> Tags = new("s3:GetBucketTagging", "s3:GetBucketTagging", async reads =>
        (await AskAsync(
            reads,
            "s3:GetBucketTagging",
            "NoSuchTagSet",
            (s3, bucket, owner, token) => s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = bucket, ExpectedBucketOwner = owner }, token),
            isWhole: null))
        .Select((response, _) => TagRows.Of((response.TagSet ?? []).Select(t => (t.Key, t.Value))))
        .OrElse(ImmutableSortedDictionary<string, string>.Empty));

    // Asking with the expected owner: a bucket deleted and taken by somebody else is refused, not read.
    private static Task<Reading<TResponse>> AskAsync<TResponse>(
        Reads<BucketSubject> reads, string operation, string absentCode, Func<IAmazonS3, string, string, CancellationToken, Task<TResponse>> send, Func<TResponse, bool>? isWhole)
        where TResponse : AmazonWebServiceResponse
    {
        var subject = reads.Subject;
        return subject.Caller.AskAsync(
            subject.Api(operation), token => send(subject.Account.S3(subject.Region), subject.Resource.Name, subject.Account.Id, token), [absentCode], isWhole, reads.StopReading);
    }
}
