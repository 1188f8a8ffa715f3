using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class S3WritesTests : SandboxTest
{
    private AmazonS3Client s3 = null!;

    [SetUp]
    public void Connect() => s3 = Sandbox.S3();

    [TearDown]
    public void Disconnect() => s3.Dispose();

    [Test]
    public async Task A_bucket_is_created_in_the_region_it_names_and_deleted()
    {
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = "new.bucket", BucketRegionName = Clients.Home });
        Assert.That(Estate.Buckets.Single(), Is.EqualTo(new Place(Clients.Account, Clients.Home, "new.bucket")));
        Assert.That((await s3.GetBucketLocationAsync("new.bucket")).Location.Value, Is.EqualTo(Clients.Home));

        await s3.DeleteBucketAsync("new.bucket");
        Assert.That(Estate.Buckets, Is.Empty);
    }

    [Test]
    public void A_name_that_is_taken_says_by_whom()
    {
        Estate.AddAccount("444455556666", "partner").AddBucket(new BucketSpec("mine")).AddBucket(new BucketSpec("theirs") { Account = "444455556666" });

        Assert.That(() => CreateAsync("mine"), Refused("BucketAlreadyOwnedByYou"));
        Assert.That(() => CreateAsync("theirs"), Refused("BucketAlreadyExists"));
        Assert.That(
            async () => await s3.PutBucketAsync(new PutBucketRequest { BucketName = "far", BucketRegionName = Clients.Away }),
            Refused("IllegalLocationConstraintException"));
    }

    [Test]
    public async Task Replication_needs_versioning_and_is_kept_as_it_was_put()
    {
        await CreateAsync("source");
        var rule = new ReplicationRule
        {
            Id = "r",
            Priority = 7,
            Status = ReplicationRuleStatus.Enabled,
            Filter = new ReplicationRuleFilter { And = new ReplicationRuleAndOperator { Prefix = "p/", Tags = [new Tag { Key = "k", Value = "v" }] } },
            DeleteMarkerReplication = new DeleteMarkerReplication { Status = DeleteMarkerReplicationStatus.Disabled },
            Destination = new ReplicationDestination { BucketArn = "arn:aws:s3:::copy", AccountId = "444455556666", StorageClass = S3StorageClass.GlacierInstantRetrieval },
        };
        Task PutAsync() => s3.PutBucketReplicationAsync(new PutBucketReplicationRequest
        {
            BucketName = "source", Configuration = new ReplicationConfiguration { Role = "arn:aws:iam::111122223333:role/r", Rules = [rule] },
        });

        Assert.That(PutAsync, Refused("InvalidRequest"));
        await VersionAsync("source", VersionStatus.Enabled);
        await PutAsync();

        var read = (await s3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = "source" })).Configuration.Rules.Single();
        Assert.Multiple(() =>
        {
            Assert.That(read.Priority, Is.EqualTo(7));
            Assert.That(read.Filter.And.Tags.Single().Key, Is.EqualTo("k"));
            Assert.That(read.Destination.AccountId, Is.EqualTo("444455556666"));
            Assert.That(() => VersionAsync("source", VersionStatus.Suspended), Refused("InvalidBucketState"));
        });

        await s3.DeleteBucketReplicationAsync(new DeleteBucketReplicationRequest { BucketName = "source" });
        await VersionAsync("source", VersionStatus.Suspended);
        Assert.That((await s3.GetBucketVersioningAsync("source")).VersioningConfig.Status, Is.EqualTo(VersionStatus.Suspended));
    }

    [Test]
    public async Task Encryption_that_is_deleted_falls_back_to_AES256()
    {
        await CreateAsync("data");
        await s3.PutBucketEncryptionAsync(new PutBucketEncryptionRequest
        {
            BucketName = "data",
            ServerSideEncryptionConfiguration = new ServerSideEncryptionConfiguration
            {
                ServerSideEncryptionRules = [new ServerSideEncryptionRule { ServerSideEncryptionByDefault = new ServerSideEncryptionByDefault { ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AWSKMS } }],
            },
        });
        Assert.That(await AlgorithmAsync(), Is.EqualTo("aws:kms"));

        await s3.DeleteBucketEncryptionAsync(new DeleteBucketEncryptionRequest { BucketName = "data" });
        Assert.That(await AlgorithmAsync(), Is.EqualTo("AES256"));

        async Task<string> AlgorithmAsync() => (await s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = "data" }))
            .ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Single().ServerSideEncryptionByDefault.ServerSideEncryptionAlgorithm.Value;
    }

    [Test]
    public async Task Lifecycle_tags_object_lock_and_public_access_are_put_and_deleted()
    {
        await CreateAsync("data");
        await VersionAsync("data", VersionStatus.Enabled);
        await s3.PutLifecycleConfigurationAsync("data", new LifecycleConfiguration
        {
            Rules = [new LifecycleRule { Id = "x", Status = LifecycleRuleStatus.Enabled, Filter = new LifecycleFilter(), NoncurrentVersionExpiration = new LifecycleRuleNoncurrentVersionExpiration { NoncurrentDays = 30 } }],
        });
        await s3.PutBucketTaggingAsync("data", [new Tag { Key = "a", Value = "1" }]);
        await s3.PutPublicAccessBlockAsync(new PutPublicAccessBlockRequest { BucketName = "data", PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration { BlockPublicAcls = true } });
        await s3.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
        {
            BucketName = "data", ObjectLockConfiguration = new ObjectLockConfiguration { ObjectLockEnabled = ObjectLockEnabled.Enabled },
        });

        Assert.That((await s3.GetLifecycleConfigurationAsync("data")).Configuration.Rules.Single().NoncurrentVersionExpiration.NoncurrentDays, Is.EqualTo(30));
        Assert.That((await s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = "data" })).PublicAccessBlockConfiguration.BlockPublicAcls, Is.True);
        Assert.That((await s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = "data" })).ObjectLockConfiguration.Rule, Is.Null);

        await s3.DeleteLifecycleConfigurationAsync("data");
        await s3.DeleteBucketTaggingAsync("data");
        await s3.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = "data" });
        Assert.That(async () => await s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = "data" }), Refused("NoSuchTagSet"));
        Assert.That(
            async () => await s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = "data" }),
            Refused("NoSuchPublicAccessBlockConfiguration"));
    }

    [Test]
    public async Task A_document_that_is_not_what_it_should_be_is_MalformedXML()
    {
        await CreateAsync("data");

        using var answer = await Sandbox.SendAsync(HttpMethod.Put, "/data?versioning", "s3", body: "<Versioning/>");

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<Code>MalformedXML</Code>"));
    }

    private Task CreateAsync(string name) => s3.PutBucketAsync(new PutBucketRequest { BucketName = name, BucketRegionName = Clients.Home });

    private Task VersionAsync(string name, VersionStatus status) =>
        s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = name, VersioningConfig = new S3BucketVersioningConfig { Status = status } });
}
