using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class DynamoDbWritesTests : SandboxTest
{
    private AmazonDynamoDBClient dynamo = null!;

    [SetUp]
    public void Connect() => dynamo = Sandbox.DynamoDb();

    [TearDown]
    public void Disconnect() => dynamo.Dispose();

    [Test]
    public async Task A_created_table_is_described_as_it_was_asked_for()
    {
        await dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = "orders",
            KeySchema = [new KeySchemaElement("pk", KeyType.HASH), new KeySchemaElement("sk", KeyType.RANGE)],
            AttributeDefinitions = [new AttributeDefinition("pk", ScalarAttributeType.S), new AttributeDefinition("sk", ScalarAttributeType.N)],
            ProvisionedThroughput = new ProvisionedThroughput(5, 6),
            SSESpecification = new SSESpecification { Enabled = true },
            DeletionProtectionEnabled = true,
            TableClass = TableClass.STANDARD_INFREQUENT_ACCESS,
            Tags = [new Tag { Key = "system", Value = "shop" }],
        });

        var table = (await dynamo.DescribeTableAsync("orders")).Table;
        using var kms = Sandbox.Kms();
        var key = (await kms.DescribeKeyAsync(table.SSEDescription.KMSMasterKeyArn)).KeyMetadata;
        Assert.Multiple(() =>
        {
            Assert.That(table.KeySchema.Select(element => element.AttributeName), Is.EqualTo(new[] { "pk", "sk" }));
            Assert.That((table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits), Is.EqualTo(((long?)5, (long?)6)));
            Assert.That(table.BillingModeSummary, Is.Null);
            Assert.That(table.DeletionProtectionEnabled, Is.True);
            Assert.That(key.KeyManager.Value, Is.EqualTo("AWS"));
        });
        Assert.That((await dynamo.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = table.TableArn })).Tags.Single().Value, Is.EqualTo("shop"));
    }

    [Test]
    public void A_name_that_is_taken_is_a_ResourceInUseException()
    {
        Estate.AddTable(new TableSpec("orders"));

        Assert.That(async () => await CreateAsync("orders"), Throws.InstanceOf<ResourceInUseException>());
    }

    [Test]
    public async Task A_protected_table_cannot_be_deleted_until_its_protection_is_off()
    {
        Estate.AddTable(new TableSpec("orders") { DeletionProtection = true });

        Assert.That(async () => await dynamo.DeleteTableAsync("orders"), Refused("ValidationException"));
        await dynamo.UpdateTableAsync(new UpdateTableRequest { TableName = "orders", DeletionProtectionEnabled = false });
        await dynamo.DeleteTableAsync("orders");

        Assert.That(Estate.Tables, Is.Empty);
    }

    [Test]
    public async Task A_table_that_is_created_again_has_another_id()
    {
        await CreateAsync("orders");
        var before = (await dynamo.DescribeTableAsync("orders")).Table.TableId;
        await dynamo.DeleteTableAsync("orders");
        await CreateAsync("orders");

        Assert.That((await dynamo.DescribeTableAsync("orders")).Table.TableId, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Replicas_are_made_and_unmade_and_the_last_member_is_an_ordinary_table_again()
    {
        await CreateAsync("orders");
        await dynamo.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = "orders", ReplicaUpdates = [new ReplicationGroupUpdate { Create = new CreateReplicationGroupMemberAction { RegionName = Clients.Away } }],
        });
        Assert.That(Estate.Tables.Select(table => table.Region), Is.EquivalentTo(new[] { Clients.Home, Clients.Away }));

        await dynamo.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = "orders", ReplicaUpdates = [new ReplicationGroupUpdate { Delete = new DeleteReplicationGroupMemberAction { RegionName = Clients.Away } }],
        });

        Assert.That((await dynamo.DescribeTableAsync("orders")).Table.Replicas, Is.Null.Or.Empty);
        Assert.That(Estate.Tables.Single().Region, Is.EqualTo(Clients.Home));
    }

    [Test]
    public async Task Class_billing_and_encryption_can_be_changed()
    {
        await CreateAsync("orders");

        await dynamo.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = "orders",
            TableClass = TableClass.STANDARD_INFREQUENT_ACCESS,
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new ProvisionedThroughput(1, 1),
            SSESpecification = new SSESpecification { Enabled = true },
        });

        var table = (await dynamo.DescribeTableAsync("orders")).Table;
        Assert.That(table.TableClassSummary.TableClass, Is.EqualTo(TableClass.STANDARD_INFREQUENT_ACCESS));
        Assert.That(table.BillingModeSummary, Is.Null);
        Assert.That(table.SSEDescription.Status, Is.EqualTo(SSEStatus.ENABLED));
    }

    [Test]
    public async Task Tags_are_set_and_taken_away()
    {
        await CreateAsync("orders");
        var arn = (await dynamo.DescribeTableAsync("orders")).Table.TableArn;

        await dynamo.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "a", Value = "1" }, new Tag { Key = "b", Value = "2" }] });
        await dynamo.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "b", Value = "3" }] });
        await dynamo.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["a"] });

        var tags = (await dynamo.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn })).Tags;
        Assert.That(tags.Select(tag => (tag.Key, tag.Value)), Is.EqualTo(new[] { ("b", "3") }));
    }

    private Task CreateAsync(string name) => dynamo.CreateTableAsync(new CreateTableRequest
    {
        TableName = name,
        KeySchema = [new KeySchemaElement("pk", KeyType.HASH)],
        AttributeDefinitions = [new AttributeDefinition("pk", ScalarAttributeType.S)],
        BillingMode = BillingMode.PAY_PER_REQUEST,
    });
}
