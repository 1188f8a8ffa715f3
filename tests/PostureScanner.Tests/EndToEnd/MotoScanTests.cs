using System.Text.Json.Nodes;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>The built program against moto, with an estate made by the AWS CLI, in two scanned regions and one that is not.</summary>
public sealed class MotoScanTests
{
    private const string East = "us-east-1";
    private const string West = "us-west-2";

    private const string Books = """
        Resources:
          Ledger:
            Type: AWS::DynamoDB::Table
            DeletionPolicy: Retain
            Properties:
              TableName: !Join ["", [led, ger]]
              BillingMode: PAY_PER_REQUEST
              KeySchema: [{ AttributeName: pk, KeyType: HASH }]
              AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
          Key: { Type: AWS::KMS::Key, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { KeyPolicy: {} } }
        """;

    private MotoServer _moto = null!;
    private JsonNode _report = null!;
    private Finished _run = null!;

    [OneTimeSetUp]
    public async Task Make_an_estate_with_the_AWS_CLI_and_scan_it()
    {
        _moto = await MotoServer.StartAsync();
        await TableAsync("orders", East, "--tags", "Key=dr-tier,Value=critical");
        await _moto.AwsAsync("dynamodb", "update-continuous-backups", "--table-name", "orders", "--point-in-time-recovery-specification", "PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35");
        await TableAsync("users", East, "--deletion-protection-enabled");
        await TableAsync("orders", West);
        await BucketAsync("my.dotted.bucket", East);
        await _moto.AwsAsync("s3api", "put-bucket-versioning", "--bucket", "my.dotted.bucket", "--versioning-configuration", "Status=Enabled");
        await BucketAsync("west.suspended", West);
        await _moto.AwsAsync("s3api", "put-bucket-versioning", "--bucket", "west.suspended", "--versioning-configuration", "Status=Suspended");
        await BucketAsync("never-versioned", West);
        await BucketAsync("elsewhere", "eu-west-1");
        await BucketAsync("dr-target", West);
        await _moto.AwsAsync("s3api", "put-bucket-versioning", "--bucket", "dr-target", "--versioning-configuration", "Status=Enabled");
        await _moto.AwsAsync("s3api", "put-bucket-tagging", "--bucket", "my.dotted.bucket", "--tagging", "TagSet=[{Key=dr-tier,Value=critical}]");
        await _moto.AwsAsync(
            "s3api", "put-bucket-replication", "--bucket", "my.dotted.bucket", "--replication-configuration",
            """{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"ID":"all","Priority":1,"Status":"Enabled","Filter":{"Prefix":""},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::dr-target"}}]}""");
        // moto does not put CloudFormation's tags on what a stack makes.
        var stack = JsonNode.Parse(await _moto.AwsAsync("cloudformation", "create-stack", "--stack-name", "books", "--template-body", Books))!["StackId"]!.GetValue<string>();
        await _moto.AwsAsync("dynamodb", "tag-resource", "--resource-arn", $"arn:aws:dynamodb:{East}:123456789012:table/ledger", "--tags", $"Key=aws:cloudformation:stack-id,Value={stack}", "Key=aws:cloudformation:logical-id,Value=Ledger");
        var key = JsonNode.Parse(await _moto.AwsAsync("kms", "create-key", "--tags", $"TagKey=aws:cloudformation:stack-id,TagValue={stack}", "TagKey=aws:cloudformation:logical-id,TagValue=Key"))!["KeyMetadata"]!["KeyId"]!.GetValue<string>();
        await _moto.AwsAsync(
            "s3api", "put-bucket-encryption", "--bucket", "my.dotted.bucket", "--server-side-encryption-configuration",
            $$$"""{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"{{{key}}}"}}]}""");

        _run = await Program.PostureAsync(_moto.Url, "scan", "--regions", $"{East},{West}", "--format", "json");
        _report = JsonNode.Parse(_run.Out)!;
    }

    [OneTimeTearDown]
    public async Task Stop() => await (_moto?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCase("dynamodb-pitr-enabled", "orders", East, "pass")]
    [TestCase("dynamodb-pitr-enabled", "users", East, "fail")]
    [TestCase("dynamodb-pitr-enabled", "orders", West, "fail")]
    [TestCase("dynamodb-critical-recovery-period-35d", "orders", East, "pass")]
    [TestCase("dynamodb-critical-recovery-period-35d", "users", East, "not-applicable")]
    [TestCase("dynamodb-restorable-within-24h", "orders", East, "pass")]
    [TestCase("dynamodb-deletion-protection-enabled", "users", East, "pass")]
    [TestCase("dynamodb-deletion-protection-enabled", "orders", East, "fail")]
    [TestCase("s3-versioning-enabled", "my.dotted.bucket", East, "pass")]
    [TestCase("s3-versioning-enabled", "west.suspended", West, "fail")]
    [TestCase("s3-versioning-enabled", "never-versioned", West, "fail")]
    [TestCase("s3-critical-replication-enabled", "my.dotted.bucket", East, "pass")]
    [TestCase("s3-critical-replication-cross-region", "my.dotted.bucket", East, "pass")]
    [TestCase("s3-critical-replication-whole-bucket", "my.dotted.bucket", East, "pass")]
    [TestCase("s3-critical-replication-destination-versioned", "my.dotted.bucket", East, "pass")]
    [TestCase("s3-critical-replication-enabled", "never-versioned", West, "not-applicable")]
    [TestCase("dynamodb-retained", "ledger", East, "fail")]
    [TestCase("dynamodb-retained", "orders", East, "not-applicable")]
    [TestCase("s3-retained", "never-versioned", West, "not-applicable")]
    [TestCase("s3-key-retained", "my.dotted.bucket", East, "pass")]
    public void Every_resource_gets_its_verdict(string policy, string name, string region, string verdict)
    {
        var finding = _report["findings"]!.AsArray().Single(f => Text(f!, "policy") == policy && Text(f!["resource"]!, "name") == name && Text(f["resource"]!, "region") == region)!;
        Assert.That(Text(finding, "verdict"), Is.EqualTo(verdict), Text(finding, "message"));
    }

    [Test]
    public void No_bucket_is_reported_twice_and_the_one_elsewhere_is_counted_out_of_scope()
    {
        var buckets = _report["findings"]!.AsArray().Where(f => Text(f!, "policy") == "s3-versioning-enabled").Select(f => Text(f!["resource"]!, "name"));
        Assert.That(buckets, Is.EquivalentTo(["my.dotted.bucket", "west.suspended", "never-versioned", "dr-target"]));
        var outside = _report["scan"]!["outOfScope"]!.AsArray().Single()!;
        Assert.That((Text(outside, "region"), outside["count"]!.GetValue<int>()), Is.EqualTo(("eu-west-1", 1)));
    }

    [Test]
    public void Nothing_is_unknown_and_the_exit_code_says_findings()
    {
        Assert.That(_report["summary"]!["unknown"]!.GetValue<int>(), Is.Zero);
        Assert.That(_report["scan"]!["complete"]!.GetValue<bool>(), Is.True);
        Assert.That(_run.Exit, Is.EqualTo(1));
    }

    [Test]
    public async Task A_table_made_with_many_tags_has_all_of_them()
    {
        // moto pages tags by ten.
        string[] tags = [.. Enumerable.Range(0, 25).Select(i => $"Key=k{i:00},Value=v"), "Key=zz-last,Value=here"];
        await TableAsync("tagged", "us-east-2", ["--tags", .. tags]);
        var policies = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(policies.FullName, "tag-there.yaml"), """
            policy: tag-there
            title: The last tag is there
            severity: low
            resource: AWS::DynamoDB::Table
            require: [ { fact: tags.zz-last, equals: here } ]
            because: It may stand on the third page.
            fix: Tag {name}.
            examples:
              - { facts: { tags.zz-last: here }, verdict: pass }
              - { facts: { tags.zz-last: ~ }, verdict: fail }
            """);
        var run = await Program.PostureAsync(_moto.Url, "scan", "--regions", "us-east-2", "--policies", policies.FullName);
        policies.Delete(recursive: true);
        Assert.That(run.Exit, Is.Zero, run.Out + run.Error);
    }

    private static string Text(JsonNode node, string key) => node[key]!.GetValue<string>();

    private Task TableAsync(string name, string region, params string[] more) => _moto.AwsAsync(
    [
        "dynamodb", "create-table", "--region", region, "--table-name", name, "--billing-mode", "PAY_PER_REQUEST",
        "--key-schema", "AttributeName=pk,KeyType=HASH", "--attribute-definitions", "AttributeName=pk,AttributeType=S", .. more,
    ]);

    private Task BucketAsync(string name, string region) => region == East
        ? _moto.AwsAsync("s3api", "create-bucket", "--bucket", name)
        : _moto.AwsAsync("s3api", "create-bucket", "--bucket", name, "--region", region, "--create-bucket-configuration", $"LocationConstraint={region}");
}
