using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class DriftTests : SandboxTest
{
    [Test]
    public async Task A_change_says_only_what_becomes_different()
    {
        Estate.AddTable(new TableSpec("orders")
        {
            Created = TimeSpan.FromDays(400),
            DeletionProtection = true,
            Pitr = PitrSpec.On,
            Tags = new Dictionary<string, string?>(StringComparer.Ordinal) { ["dr-tier"] = "critical", ["system"] = "shop" },
        });
        using var dynamo = Sandbox.DynamoDb();

        Apply("- { say: Shorter., change: { table: orders, pitr: { recovery-period: 7d }, tags: { dr-tier: ~ } } }");

        var table = (await dynamo.DescribeTableAsync("orders")).Table;
        var pitr = (await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "orders" })).ContinuousBackupsDescription.PointInTimeRecoveryDescription;
        var tags = (await dynamo.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.TableArn })).Tags;
        Assert.Multiple(() =>
        {
            Assert.That(table.DeletionProtectionEnabled, Is.True);
            Assert.That(pitr.EarliestRestorableDateTime!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.AddDays(-7).UtcDateTime));
            Assert.That(tags.Select(tag => tag.Key), Is.EqualTo(new[] { "system" }));
        });
    }

    [Test]
    public async Task Recovery_that_is_switched_on_begins_now()
    {
        Estate.AddTable(new TableSpec("orders") { Created = TimeSpan.FromDays(400) });
        using var dynamo = Sandbox.DynamoDb();
        Clock.Pass(TimeSpan.FromHours(1));

        Apply("- { say: Repaired., change: { table: orders, pitr: on } }");
        Clock.Pass(TimeSpan.FromHours(1));

        var pitr = (await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "orders" })).ContinuousBackupsDescription.PointInTimeRecoveryDescription;
        Assert.That(pitr.EarliestRestorableDateTime!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.AddHours(-1).UtcDateTime));
    }

    [Test]
    public async Task Things_are_added_and_removed()
    {
        Estate.AddTable(new TableSpec("old")).AddBucket(new BucketSpec("docs") { Versioning = "enabled" });
        using var s3 = Sandbox.S3();

        Apply("""
            - { say: Gone., remove: { table: old } }
            - { say: New., add: { bucket: fresh, public-access-block: none } }
            - { say: Suspended., change: { bucket: docs, versioning: suspended } }
            """);

        Assert.That(Estate.Tables, Is.Empty);
        Assert.That(Estate.Buckets.Select(bucket => bucket.Name), Is.EqualTo(new[] { "docs", "fresh" }));
        Assert.That((await s3.GetBucketVersioningAsync("docs")).VersioningConfig.Status, Is.EqualTo(VersionStatus.Suspended));
    }

    [Test]
    public void A_step_that_cannot_be_done_undoes_the_ones_before()
    {
        Estate.AddTable(new TableSpec("orders"));

        Assert.That(() => Apply("""
            - { say: Gone., remove: { table: orders } }
            - { say: What?, remove: { table: nothing } }
            """), Throws.InstanceOf<EstateException>().With.Message.EqualTo("The estate has no table nothing."));
        Assert.That(Estate.Tables.Single().Name, Is.EqualTo("orders"));
    }

    [Test]
    public async Task A_drift_that_failed_before_the_server_started_leaves_no_trace_either()
    {
        var estate = Estate.Empty().AddTable(new TableSpec("orders"));
        Assert.That(
            () => estate.Apply(EstateDrift.Parse("steps: [{ say: a., remove: { table: orders } }, { say: b., remove: { table: orders } }]", "d.yaml")),
            Throws.InstanceOf<EstateException>());

        await using var sandbox = await SandboxServer.StartAsync(estate);

        Assert.That(estate.Tables.Single().Name, Is.EqualTo("orders"));
    }

    [TestCase("- { change: { table: a } }", "d.yaml:2:3: \"say\" is required")]
    [TestCase("- { say: x }", "d.yaml:2:3: a step has one of \"change\", \"remove\" and \"add\"")]
    [TestCase("- { say: x, remove: { bukket: b } }", "d.yaml:2:21: \"remove\" names a table, bucket or key")]
    [TestCase("- { say: x, change: { bukket: b } }", "d.yaml:2:21: \"change\" names a table, bucket, key or stack")]
    [TestCase("- { say: x, change: { table: a, pitr: of } }", "d.yaml:2:39: \"pitr\" is on or off, not of, did you mean \"off\"?")]
    public void A_mistake_is_told_with_its_place(string step, string problem) =>
        Assert.That(() => EstateDrift.Parse("steps:\n" + step, "d.yaml"), Throws.InstanceOf<EstateException>().With.Property("Problems").EqualTo(new[] { problem }));

    private void Apply(string steps) => Estate.Apply(EstateDrift.Parse("steps:\n" + steps, "d.yaml"));
}
