using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class FaultsTests : SandboxTest
{
    private AmazonDynamoDBClient dynamo = null!;
    private AmazonS3Client s3 = null!;

    [SetUp]
    public void Connect()
    {
        Estate.AddTable(new TableSpec("orders")).AddTable(new TableSpec("prices")).AddBucket(new BucketSpec("docs"));
        (dynamo, s3) = (Sandbox.DynamoDb(), Sandbox.S3());
    }

    [TearDown]
    public void Disconnect()
    {
        dynamo.Dispose();
        s3.Dispose();
    }

    [Test]
    public async Task A_denied_call_has_the_services_own_code_and_others_pass()
    {
        Sandbox.Faults.Deny("dynamodb:DescribeTable", "ord*");
        Sandbox.Faults.Deny("s3:*", "docs");

        Assert.That(() => DescribeAsync("orders"), Refused("AccessDeniedException").And.Property("StatusCode").EqualTo(HttpStatusCode.BadRequest));
        Assert.That(async () => await s3.GetBucketVersioningAsync("docs"), Refused("AccessDenied").And.Property("StatusCode").EqualTo(HttpStatusCode.Forbidden));
        await DescribeAsync("prices");
    }

    [Test]
    public async Task A_denied_HeadBucket_still_tells_the_region_and_a_failed_one_does_not()
    {
        Sandbox.Faults.Fail("s3:HeadBucket", 403, "AccessDenied", times: 1);
        Sandbox.Faults.Deny("s3:HeadBucket");

        using var failed = await Sandbox.SendAsync(HttpMethod.Head, "/docs", "s3");
        using var denied = await Sandbox.SendAsync(HttpMethod.Head, "/docs", "s3");

        Assert.That((failed.StatusCode, denied.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
        Assert.That((failed.Headers.Contains("x-amz-bucket-region"), denied.Headers.Contains("x-amz-bucket-region")), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_fault_can_be_confined_to_a_region()
    {
        Sandbox.Faults.Deny("*", region: Clients.Away);
        using var away = Sandbox.DynamoDb(Clients.Away);

        await dynamo.ListTablesAsync();
        Assert.That(async () => await away.ListTablesAsync(), Throws.InstanceOf<AmazonDynamoDBException>());
    }

    [Test]
    public async Task The_first_calls_about_each_name_are_throttled()
    {
        Sandbox.Faults.ThrottleFirst("dynamodb:DescribeTable", 2);

        foreach (var name in new[] { "orders", "prices" })
        {
            Assert.That(() => DescribeAsync(name), Refused("ThrottlingException"));
            Assert.That(() => DescribeAsync(name), Refused("ThrottlingException"));
            await DescribeAsync(name);
        }
    }

    [Test]
    public async Task A_rate_lets_a_seconds_worth_pass_and_refills_by_the_clock()
    {
        Sandbox.Faults.ThrottleRate("dynamodb:DescribeTable", 2);
        using var away = Sandbox.DynamoDb(Clients.Away);

        await DescribeAsync("orders");
        await DescribeAsync("orders");
        Assert.That(() => DescribeAsync("orders"), Refused("ThrottlingException"));
        Assert.That(async () => await away.DescribeTableAsync("orders"), Throws.InstanceOf<ResourceNotFoundException>(), "another region has tokens of its own");
        Clock.Pass(TimeSpan.FromSeconds(0.5));
        await DescribeAsync("orders");
        Assert.That(() => DescribeAsync("orders"), Refused("ThrottlingException"));
    }

    [Test]
    public async Task Documented_rates_throttle_the_eleventh_DescribeContinuousBackups_of_a_second()
    {
        Sandbox.Faults.DocumentedRates();

        for (var i = 0; i < 10; i++)
            await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "orders" });
        Assert.That(
            async () => await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "orders" }),
            Refused("ThrottlingException"));
    }

    [Test]
    public void S3_throttles_with_503_SlowDown()
    {
        Sandbox.Faults.ThrottleFirst("s3:GetBucketVersioning", 1);

        Assert.That(async () => await s3.GetBucketVersioningAsync("docs"), Refused("SlowDown").And.Property("StatusCode").EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task A_failure_has_the_status_and_code_it_was_told_as_often_as_it_was_told()
    {
        Sandbox.Faults.Fail("dynamodb:*", 500, "InternalServerError", times: 1);

        Assert.That(() => DescribeAsync("orders"), Throws.InstanceOf<InternalServerErrorException>());
        await DescribeAsync("orders");
    }

    [Test]
    public void Garbage_is_no_answer_the_SDK_can_read()
    {
        Sandbox.Faults.Garbage("dynamodb:DescribeTable");
        Sandbox.Faults.Garbage("s3:GetBucketVersioning");

        Assert.That(() => DescribeAsync("orders"), Throws.Exception);
        Assert.That(async () => await s3.GetBucketVersioningAsync("docs"), Throws.Exception);
    }

    [Test]
    public async Task A_closed_connection_is_an_HTTP_failure()
    {
        Sandbox.Faults.Close("dynamodb:DescribeTable", times: 1);

        Assert.That(async () => await Sandbox.SendAsync(HttpMethod.Post, "/", "dynamodb", target: "DynamoDB_20120810.DescribeTable", body: """{"TableName":"orders"}"""), Throws.InstanceOf<HttpRequestException>());
        await DescribeAsync("orders");
    }

    [Test]
    public async Task A_call_that_hangs_ends_when_the_client_gives_up_and_does_not_hold_up_the_end()
    {
        Sandbox.Faults.Hang("dynamodb:DescribeTable");
        using var patience = new CancellationTokenSource();

        var given = dynamo.DescribeTableAsync("orders", patience.Token);
        var left = dynamo.DescribeTableAsync("prices");
        await dynamo.ListTablesAsync();
        await patience.CancelAsync();

        Assert.That(async () => await given, Throws.InstanceOf<OperationCanceledException>());
        await Sandbox.DisposeAsync();
        Assert.That(async () => await left, Throws.Exception);
    }

    [Test]
    public async Task Latency_passes_before_each_answer()
    {
        Sandbox.Faults.Latency = TimeSpan.FromMilliseconds(40);
        var before = TimeProvider.System.GetTimestamp();

        await DescribeAsync("orders");

        Assert.That(TimeProvider.System.GetElapsedTime(before), Is.GreaterThan(TimeSpan.FromMilliseconds(30)));
    }

    [Test]
    public async Task What_vanished_is_listed_and_not_found()
    {
        Sandbox.Faults.Vanish("orders");
        Sandbox.Faults.Vanish("docs");

        Assert.That((await dynamo.ListTablesAsync()).TableNames, Has.Member("orders"));
        Assert.That(() => DescribeAsync("orders"), Throws.InstanceOf<ResourceNotFoundException>());
        Assert.That(async () => await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "orders" }), Throws.InstanceOf<TableNotFoundException>());
        Assert.That((await s3.ListBucketsAsync()).Buckets.Select(bucket => bucket.BucketName), Has.Member("docs"));
        Assert.That(async () => await s3.GetBucketVersioningAsync("docs"), Refused("NoSuchBucket"));
    }

    [Test]
    public async Task The_first_rule_that_fires_decides_and_Clear_forgets_all()
    {
        Sandbox.Faults.ThrottleFirst("dynamodb:DescribeTable", 1);
        Sandbox.Faults.Deny("dynamodb:*");

        Assert.That(() => DescribeAsync("orders"), Refused("ThrottlingException"));
        Assert.That(() => DescribeAsync("orders"), Refused("AccessDeniedException"));
        Sandbox.Faults.Clear();
        await DescribeAsync("orders");
    }

    private Task DescribeAsync(string name) => dynamo.DescribeTableAsync(name);
}
