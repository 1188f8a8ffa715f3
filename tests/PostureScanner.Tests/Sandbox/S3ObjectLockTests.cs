using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class S3ObjectLockTests : SandboxTest
{
    private AmazonS3Client s3 = null!;

    [SetUp]
    public void Connect()
    {
        Estate
            .AddBucket(new BucketSpec("open") { Versioning = "enabled" })
            .AddBucket(new BucketSpec("locked") { Versioning = "enabled", ObjectLock = new ObjectLockSpec() })
            .AddBucket(new BucketSpec("default") { Versioning = "enabled", ObjectLock = new ObjectLockSpec { Mode = "COMPLIANCE", Days = 90 } });
        s3 = Sandbox.S3();
    }

    [TearDown]
    public void Disconnect() => s3.Dispose();

    [Test]
    public async Task A_locked_version_is_not_deleted_before_its_time()
    {
        var version = (await PutAsync("locked", ObjectLockMode.Compliance)).VersionId;

        Assert.That(() => DeleteAsync("locked", version, bypass: true), Refused("AccessDenied").And.Property("StatusCode").EqualTo(HttpStatusCode.Forbidden));
        Clock.Pass(TimeSpan.FromDays(366));
        await DeleteAsync("locked", version);
    }

    [Test]
    public async Task Governance_can_be_bypassed_by_who_may()
    {
        var version = (await PutAsync("locked", ObjectLockMode.Governance)).VersionId;

        Assert.That(() => DeleteAsync("locked", version), Refused("AccessDenied"));
        Sandbox.Faults.Deny("s3:BypassGovernanceRetention");
        Assert.That(() => DeleteAsync("locked", version, bypass: true), Refused("AccessDenied"));
        Sandbox.Faults.Clear();
        await DeleteAsync("locked", version, bypass: true);
    }

    [Test]
    public async Task A_delete_without_a_version_only_hides()
    {
        var version = (await PutAsync("locked", ObjectLockMode.Compliance)).VersionId;

        await s3.DeleteObjectAsync("locked", "k");

        Assert.That((await s3.GetObjectMetadataAsync("locked", "k", version)).ObjectLockMode, Is.EqualTo(ObjectLockMode.Compliance));
    }

    [Test]
    public async Task A_default_retention_holds_for_what_says_nothing()
    {
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "default", Key = "k", ContentBody = "v" });

        var head = await s3.GetObjectMetadataAsync("default", "k");

        Assert.That(head.ObjectLockRetainUntilDate!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.AddDays(90).UtcDateTime));
    }

    [Test]
    public void A_retention_needs_a_bucket_with_a_lock_and_a_date_to_come()
    {
        Assert.That(() => PutAsync("open", ObjectLockMode.Compliance), Refused("InvalidRequest"));
        Assert.That(() => PutAsync("locked", ObjectLockMode.Compliance, -1), Refused("InvalidArgument"));
        Assert.That(
            async () => await s3.PutObjectAsync(new PutObjectRequest { BucketName = "locked", Key = "k", ContentBody = "v", ObjectLockMode = ObjectLockMode.Compliance }),
            Refused("InvalidArgument"));
    }

    [TestCase("locked", "x-amz-object-lock-mode: COMPLIANCE", "x-amz-object-lock-retain-until-date: 2099-01-01T00:00:00Z")]
    [TestCase("default")]
    public async Task A_retention_needs_a_checksum(string bucket, params string[] headers)
    {
        using var bare = await S3Wire.PutAsync(Sandbox, $"/{bucket}/k", "v", headers);
        using var vouched = await S3Wire.PutAsync(Sandbox, $"/{bucket}/k", "v", [.. headers, "Content-MD5: nji05gFv3Ts+u3rPaS8HnQ=="]);

        Assert.That(await bare.Content.ReadAsStringAsync(), Does.Contain("<Code>InvalidRequest</Code>").And.Contain("Content-MD5 OR x-amz-checksum-"));
        Assert.That(await vouched.Content.ReadAsStringAsync(), Does.Contain("<Code>BadDigest</Code>"));
    }

    private Task<PutObjectResponse> PutAsync(string bucket, ObjectLockMode mode, int days = 365) => s3.PutObjectAsync(new PutObjectRequest
    {
        BucketName = bucket, Key = "k", ContentBody = "v", ObjectLockMode = mode, ObjectLockRetainUntilDate = Clock.Now.AddDays(days).UtcDateTime,
    });

    private Task DeleteAsync(string bucket, string version, bool bypass = false) =>
        s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = "k", VersionId = version, BypassGovernanceRetention = bypass });
}
