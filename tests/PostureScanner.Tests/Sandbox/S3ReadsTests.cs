using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class S3ReadsTests : SandboxTest
{
    private AmazonS3Client s3 = null!;

    [SetUp]
    public void Connect() => s3 = Sandbox.S3();

    [TearDown]
    public void Disconnect() => s3.Dispose();

    [Test]
    public async Task A_new_bucket_has_what_AWS_gives_it_and_nothing_else()
    {
        Estate.AddBucket(new BucketSpec("plain"));

        var encryption = (await s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = "plain" })).ServerSideEncryptionConfiguration;
        var access = (await s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = "plain" })).PublicAccessBlockConfiguration;

        Assert.Multiple(() =>
        {
            Assert.That(encryption.ServerSideEncryptionRules.Single().ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm.Value, Is.EqualTo("AES256"));
            Assert.That((access.BlockPublicAcls, access.IgnorePublicAcls, access.BlockPublicPolicy, access.RestrictPublicBuckets), Is.EqualTo(((bool?)true, (bool?)true, (bool?)true, (bool?)true)));
            Assert.That(async () => (await s3.GetBucketVersioningAsync("plain")).VersioningConfig.Status, Is.EqualTo(VersionStatus.Off));
            Assert.That(async () => (await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "plain" })).KeyCount, Is.Zero);
        });
    }

    [TestCase("replication", "ReplicationConfigurationNotFoundError")]
    [TestCase("lifecycle", "NoSuchLifecycleConfiguration")]
    [TestCase("object-lock", "ObjectLockConfigurationNotFoundError")]
    [TestCase("publicAccessBlock", "NoSuchPublicAccessBlockConfiguration")]
    [TestCase("tagging", "NoSuchTagSet")]
    [TestCase("cors", "NoSuchCORSConfiguration")]
    [TestCase("website", "NoSuchWebsiteConfiguration")]
    [TestCase("policy", "NoSuchBucketPolicy")]
    public async Task What_is_not_configured_is_404_with_its_own_code(string subresource, string code)
    {
        Estate.AddBucket(new BucketSpec("plain") { PublicAccessBlock = [] });

        using var answer = await Sandbox.SendAsync(HttpMethod.Get, $"/plain?{subresource}", "s3");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"<Code>{code}</Code>").And.Contain("<BucketName>plain</BucketName>"));
    }

    [TestCase("versioning")]
    [TestCase("encryption")]
    [TestCase("logging")]
    [TestCase("acl")]
    [TestCase("accelerate")]
    [TestCase("requestPayment")]
    [TestCase("notification")]
    [TestCase("ownershipControls")]
    [TestCase("location")]
    public async Task What_every_bucket_answers_is_404_NoSuchBucket_where_there_is_none(string subresource)
    {
        Estate.AddBucket(new BucketSpec("plain"));

        using var there = await Sandbox.SendAsync(HttpMethod.Get, $"/plain?{subresource}", "s3");
        using var gone = await Sandbox.SendAsync(HttpMethod.Get, $"/gone?{subresource}", "s3");

        Assert.That((there.StatusCode, gone.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        Assert.That(await gone.Content.ReadAsStringAsync(), Does.Contain("<Code>NoSuchBucket</Code>"));
    }

    [Test]
    public async Task Everything_an_estate_says_of_a_bucket_is_read_back()
    {
        Estate.AddKey(new KeySpec("key-1")).AddBucket(new BucketSpec("copy") { Region = Clients.Away, Versioning = "enabled" }).AddBucket(new BucketSpec("dotted.name.example")
        {
            Versioning = "enabled",
            MfaDelete = true,
            Encryption = "aws:kms",
            Key = "key-1",
            BucketKey = true,
            Replication = [new ReplicationRuleSpec("copy") { Prefix = "p/", Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" }, TimeControl = true, KmsObjects = true, Account = Clients.Account }],
            Lifecycle = [new LifecycleRuleSpec { ExpireNoncurrent = TimeSpan.FromDays(30), KeepNoncurrent = 2, TransitionAfter = TimeSpan.FromDays(90), Expire = TimeSpan.FromDays(365) }],
            ObjectLock = new ObjectLockSpec { Mode = "COMPLIANCE", Days = 90 },
            PublicAccessBlock = ["BlockPublicAcls"],
            Tags = new Dictionary<string, string?>(StringComparer.Ordinal) { ["dr-tier"] = "critical" },
        });
        const string Name = "dotted.name.example";

        var versioning = (await s3.GetBucketVersioningAsync(Name)).VersioningConfig;
        var encryption = (await s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = Name })).ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Single();
        var rule = (await s3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = Name })).Configuration.Rules.Single();
        var lifecycle = (await s3.GetLifecycleConfigurationAsync(Name)).Configuration.Rules.Single();
        var objectLock = (await s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = Name })).ObjectLockConfiguration;
        var access = (await s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = Name })).PublicAccessBlockConfiguration;
        var tags = (await s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = Name })).TagSet;

        Assert.Multiple(() =>
        {
            Assert.That((versioning.Status.Value, versioning.EnableMfaDelete), Is.EqualTo(("Enabled", (bool?)true)));
            Assert.That(encryption.ServerSideEncryptionByDefault.ServerSideEncryptionKeyManagementServiceKeyId, Does.EndWith(":key/key-1"));
            Assert.That(encryption.BucketKeyEnabled, Is.True);
            Assert.That(rule.Destination.BucketArn, Is.EqualTo("arn:aws:s3:::copy"));
            Assert.That(rule.Destination.ReplicationTime.Status.Value, Is.EqualTo("Enabled"));
            Assert.That(rule.SourceSelectionCriteria.SseKmsEncryptedObjects.SseKmsEncryptedObjectsStatus.Value, Is.EqualTo("Enabled"));
            Assert.That(rule.Filter.And.Prefix, Is.EqualTo("p/"));
            Assert.That(rule.Filter.And.Tags.Single().Value, Is.EqualTo("v"));
            Assert.That(lifecycle.NoncurrentVersionExpiration.NoncurrentDays, Is.EqualTo(30));
            Assert.That(lifecycle.NoncurrentVersionExpiration.NewerNoncurrentVersions, Is.EqualTo(2));
            Assert.That(lifecycle.Transitions.Single().StorageClass.Value, Is.EqualTo("GLACIER"));
            Assert.That(objectLock.Rule.DefaultRetention.Days, Is.EqualTo(90));
            Assert.That((access.BlockPublicAcls, access.RestrictPublicBuckets), Is.EqualTo(((bool?)true, (bool?)false)));
            Assert.That(tags.Single().Value, Is.EqualTo("critical"));
        });
    }

    [Test]
    public async Task A_rule_of_the_old_form_has_a_prefix_and_no_filter()
    {
        Estate.AddBucket(new BucketSpec("source") { Versioning = "enabled", Replication = [new ReplicationRuleSpec("copy") { Version = 1 }] });

        using var answer = await Sandbox.SendAsync(HttpMethod.Get, "/source?replication", "s3");

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<Prefix></Prefix>").And.Not.Contain("<Filter>").And.Not.Contain("<DeleteMarkerReplication>"));
    }

    [Test]
    public async Task Buckets_are_listed_in_pages_and_tell_their_region_only_when_a_parameter_is_sent()
    {
        Estate.AddBucket(new BucketSpec("a")).AddBucket(new BucketSpec("b") { Region = Clients.Away }).AddBucket(new BucketSpec("c"));

        var bare = await s3.ListBucketsAsync();
        var first = await s3.ListBucketsAsync(new ListBucketsRequest { MaxBuckets = 2 });
        var second = await s3.ListBucketsAsync(new ListBucketsRequest { MaxBuckets = 2, ContinuationToken = first.ContinuationToken });
        var here = await s3.ListBucketsAsync(new ListBucketsRequest { BucketRegion = Clients.Home });
        var prefixed = await s3.ListBucketsAsync(new ListBucketsRequest { Prefix = "b" });

        Assert.Multiple(() =>
        {
            Assert.That(bare.Buckets.Select(bucket => bucket.BucketRegion), Is.All.Null);
            Assert.That(first.Buckets.Concat(second.Buckets).Select(bucket => (bucket.BucketName, bucket.BucketRegion)), Is.EqualTo(new[] { ("a", Clients.Home), ("b", Clients.Away), ("c", Clients.Home) }));
            Assert.That(second.ContinuationToken, Is.Null);
            Assert.That(here.Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "a", "c" }));
            Assert.That(prefixed.Buckets.Single().BucketName, Is.EqualTo("b"));
            Assert.That(async () => await s3.ListBucketsAsync(new ListBucketsRequest { BucketRegion = Clients.Away }), Refused("InvalidArgument"));
        });
    }
}
