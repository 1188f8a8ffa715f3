using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class S3RoutingTests : SandboxTest
{
    private const string Partner = "444455556666";
    private const string RegionHeader = "x-amz-bucket-region";

    [SetUp]
    public void Furnish() => Estate
        .AddAccount(Partner, "partner")
        .AddBucket(new BucketSpec("here"))
        .AddBucket(new BucketSpec("away") { Region = Clients.Away })
        .AddBucket(new BucketSpec("theirs") { Account = Partner, Versioning = "enabled" })
        .AddBucket(new BucketSpec("shared") { Account = Partner, Versioning = "enabled", ReadableBy = [Clients.Account] });

    [TestCase("here", HttpStatusCode.OK, Clients.Home)]
    [TestCase("away", HttpStatusCode.MovedPermanently, Clients.Away)]
    [TestCase("theirs", HttpStatusCode.Forbidden, Clients.Home)]
    [TestCase("shared", HttpStatusCode.OK, Clients.Home)]
    [TestCase("gone", HttpStatusCode.NotFound, null)]
    public async Task HeadBucket_tells_the_region_of_whatever_exists(string bucket, HttpStatusCode status, string? region)
    {
        using var answer = await Sandbox.SendAsync(HttpMethod.Head, $"/{bucket}", "s3");

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Headers.TryGetValues(RegionHeader, out var values) ? values.Single() : null, Is.EqualTo(region));
    }

    [Test]
    public async Task HeadBucket_without_a_signature_is_403_with_the_region()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(Sandbox.Url, "/away"));

        using var answer = await http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(answer.Headers.GetValues(RegionHeader), Is.EqualTo(new[] { Clients.Away }));
    }

    [Test]
    public async Task Another_regions_bucket_is_a_301_that_names_the_region()
    {
        using var answer = await Sandbox.SendAsync(HttpMethod.Get, "/away?versioning", "s3");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MovedPermanently));
        Assert.That(answer.Headers.GetValues(RegionHeader), Is.EqualTo(new[] { Clients.Away }));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<Code>PermanentRedirect</Code>").And.Contain("away.s3.eu-central-1.amazonaws.com"));
    }

    [Test]
    public async Task Another_accounts_bucket_is_denied_unless_it_may_be_read()
    {
        using var s3 = Sandbox.S3();

        Assert.That(async () => await s3.GetBucketVersioningAsync("theirs"), Refused("AccessDenied"));
        Assert.That((await s3.GetBucketVersioningAsync("shared")).VersioningConfig.Status, Is.EqualTo(VersionStatus.Enabled));
        Assert.That(async () => await s3.DeleteBucketAsync("shared"), Refused("AccessDenied"));
    }

    [Test]
    public async Task An_account_lists_its_own_buckets_only()
    {
        using var s3 = Sandbox.S3(credentials: new BasicAWSCredentials($"ASIA{Partner}ABCD", "secret"));

        Assert.That((await s3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Is.EqualTo(new[] { "shared", "theirs" }));
    }

    [Test]
    public async Task A_bucket_can_stand_in_the_host_name()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(Sandbox.Url, "/"));
        request.Headers.Host = "away.localhost";

        using var answer = await http.SendAsync(request);

        Assert.That(answer.Headers.GetValues(RegionHeader), Is.EqualTo(new[] { Clients.Away }));
    }
}
