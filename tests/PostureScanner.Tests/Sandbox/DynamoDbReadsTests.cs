using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class DynamoDbReadsTests : SandboxTest
{
    private AmazonDynamoDBClient dynamo = null!;

    [SetUp]
    public void Connect() => dynamo = Sandbox.DynamoDb();

    [TearDown]
    public void Disconnect() => dynamo.Dispose();

    [Test]
    public async Task Tables_are_listed_page_by_page_in_order()
    {
        foreach (var name in new[] { "c", "a", "e", "b", "d" })
            Estate.AddTable(new TableSpec(name));

        var first = await dynamo.ListTablesAsync(new ListTablesRequest { Limit = 2 });
        var second = await dynamo.ListTablesAsync(new ListTablesRequest { Limit = 2, ExclusiveStartTableName = first.LastEvaluatedTableName });
        var last = await dynamo.ListTablesAsync(new ListTablesRequest { Limit = 2, ExclusiveStartTableName = second.LastEvaluatedTableName });

        Assert.That(first.TableNames.Concat(second.TableNames).Concat(last.TableNames), Is.EqualTo(new[] { "a", "b", "c", "d", "e" }));
        Assert.That(last.LastEvaluatedTableName, Is.Null);
    }

    [Test]
    public async Task A_sandbox_can_be_told_to_answer_in_short_pages()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty().AddTable(new TableSpec("a")).AddTable(new TableSpec("b")), new SandboxOptions { TablesPerPage = 1 });
        using var client = sandbox.DynamoDb();

        Assert.That((await client.ListTablesAsync()).LastEvaluatedTableName, Is.EqualTo("a"));
    }

    [Test]
    public async Task Many_callers_at_once_are_all_answered()
    {
        for (var i = 0; i < 50; i++)
            Estate.AddTable(new TableSpec($"table-{i}"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => dynamo.DescribeTableAsync($"table-{i}")));

        Assert.That(answers.Select(answer => answer.Table.TableId).Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(50));
    }

    [TestCase(0)]
    [TestCase(101)]
    public void A_page_size_AWS_does_not_take_is_a_ValidationException(int limit) =>
        Assert.That(
            async () => await dynamo.ListTablesAsync(new ListTablesRequest { Limit = limit }),
            Refused("ValidationException"));

    [Test]
    public async Task A_table_is_described_by_name_and_by_ARN()
    {
        Estate.AddKey(new KeySpec("key-1") { Alias = "orders" }).AddTable(new TableSpec("orders")
        {
            Created = TimeSpan.FromDays(400), Items = 7, Bytes = 4096, Class = "STANDARD_INFREQUENT_ACCESS", DeletionProtection = true, Key = "orders",
        });

        var byName = (await dynamo.DescribeTableAsync("orders")).Table;
        var byArn = (await dynamo.DescribeTableAsync($"arn:aws:dynamodb:{Clients.Home}:{Clients.Account}:table/orders")).Table;

        Assert.Multiple(() =>
        {
            Assert.That(byName.TableArn, Is.EqualTo($"arn:aws:dynamodb:{Clients.Home}:{Clients.Account}:table/orders"));
            Assert.That(byName.TableStatus, Is.EqualTo(TableStatus.ACTIVE));
            Assert.That(byName.CreationDateTime!.Value.ToUniversalTime(), Is.EqualTo(Clock.Now.AddDays(-400).UtcDateTime));
            Assert.That(byName.ItemCount, Is.EqualTo(7));
            Assert.That(byName.TableSizeBytes, Is.EqualTo(4096));
            Assert.That(byName.TableClassSummary.TableClass, Is.EqualTo(TableClass.STANDARD_INFREQUENT_ACCESS));
            Assert.That(byName.BillingModeSummary.BillingMode, Is.EqualTo(BillingMode.PAY_PER_REQUEST));
            Assert.That(byName.DeletionProtectionEnabled, Is.True);
            Assert.That(byName.SSEDescription.KMSMasterKeyArn, Is.EqualTo($"arn:aws:kms:{Clients.Home}:{Clients.Account}:key/key-1"));
            Assert.That(Guid.TryParse(byName.TableId, out _), Is.True);
            Assert.That(byArn.TableId, Is.EqualTo(byName.TableId));
        });
    }

    [Test]
    public async Task A_table_under_the_AWS_owned_key_shows_no_encryption_and_an_ordinary_one_no_replicas()
    {
        Estate.AddTable(new TableSpec("plain"));

        var table = (await dynamo.DescribeTableAsync("plain")).Table;

        Assert.Multiple(() =>
        {
            Assert.That(table.SSEDescription, Is.Null);
            Assert.That(table.Replicas, Is.Null.Or.Empty);
            Assert.That(table.GlobalTableVersion, Is.Null);
        });
    }

    [Test]
    public async Task A_replica_is_a_table_in_its_own_region_and_names_the_others_only()
    {
        Estate.AddTable(new TableSpec("global")
        {
            DeletionProtection = true,
            Replicas = [new ReplicaSpec(Clients.Away) { Status = "INACCESSIBLE_ENCRYPTION_CREDENTIALS", DeletionProtection = false }],
        });
        using var away = Sandbox.DynamoDb(Clients.Away);

        var here = (await dynamo.DescribeTableAsync("global")).Table;
        var there = (await away.DescribeTableAsync("global")).Table;

        Assert.Multiple(() =>
        {
            Assert.That(here.GlobalTableVersion, Is.EqualTo("2019.11.21"));
            Assert.That(here.MultiRegionConsistency, Is.EqualTo(MultiRegionConsistency.EVENTUAL));
            Assert.That(here.Replicas.Single().RegionName, Is.EqualTo(Clients.Away));
            Assert.That(here.Replicas.Single().ReplicaStatus, Is.EqualTo(ReplicaStatus.INACCESSIBLE_ENCRYPTION_CREDENTIALS));
            Assert.That(there.Replicas.Single().RegionName, Is.EqualTo(Clients.Home));
            Assert.That(there.TableStatus, Is.EqualTo(TableStatus.INACCESSIBLE_ENCRYPTION_CREDENTIALS));
            Assert.That((here.DeletionProtectionEnabled, there.DeletionProtectionEnabled), Is.EqualTo(((bool?)true, (bool?)false)));
            Assert.That(there.TableId, Is.Not.EqualTo(here.TableId));
        });
    }

    [Test]
    public async Task Tags_come_in_pages_of_ten()
    {
        Estate.AddTable(new TableSpec("tagged") { Tags = Enumerable.Range(10, 12).ToDictionary(n => $"tag{n}", n => (string?)$"{n}", StringComparer.Ordinal) });
        var arn = (await dynamo.DescribeTableAsync("tagged")).Table.TableArn;

        var first = await dynamo.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn });
        var second = await dynamo.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn, NextToken = first.NextToken });

        Assert.That((first.Tags.Count, second.Tags.Count, second.NextToken), Is.EqualTo((10, 2, (string?)null)));
        Assert.That(second.Tags[^1].Value, Is.EqualTo("21"));
    }

    [Test]
    public async Task Backups_of_the_whole_account_are_listed_by_type_in_pages()
    {
        Estate.AddTable(new TableSpec("orders")
        {
            Backups = [new BackupSpec(TimeSpan.FromHours(9)), new BackupSpec(TimeSpan.FromHours(33)) { Type = "SYSTEM" }, new BackupSpec(TimeSpan.FromDays(3)) { Type = "AWS_BACKUP" }],
        });

        var byDefault = await dynamo.ListBackupsAsync(new ListBackupsRequest());
        var all = new List<BackupSummary>();
        string? start = null;
        do
        {
            var page = await dynamo.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.ALL, Limit = 2, ExclusiveStartBackupArn = start });
            all.AddRange(page.BackupSummaries);
            start = page.LastEvaluatedBackupArn;
        }
        while (start is not null);

        var id = (await dynamo.DescribeTableAsync("orders")).Table.TableId;
        Assert.Multiple(() =>
        {
            Assert.That(byDefault.BackupSummaries.Single().BackupType, Is.EqualTo(BackupType.USER));
            Assert.That(all, Has.Count.EqualTo(3));
            Assert.That(all.Select(backup => backup.TableId), Is.All.EqualTo(id));
            Assert.That(all.Max(backup => backup.BackupCreationDateTime!.Value.ToUniversalTime()), Is.EqualTo(Clock.Now.AddHours(-9).UtcDateTime));
        });
    }

    [Test]
    public async Task Limits_and_time_to_live_are_answered()
    {
        Estate.AddTable(new TableSpec("orders"));

        Assert.That((await dynamo.DescribeLimitsAsync(new DescribeLimitsRequest())).AccountMaxReadCapacityUnits, Is.GreaterThan(0));
        Assert.That((await dynamo.DescribeTimeToLiveAsync("orders")).TimeToLiveDescription.TimeToLiveStatus, Is.EqualTo(TimeToLiveStatus.DISABLED));
    }

    [Test]
    public void What_is_not_there_has_the_code_of_its_operation()
    {
        const string Arn = $"arn:aws:dynamodb:{Clients.Home}:{Clients.Account}:table/gone";
        Assert.Multiple(() =>
        {
            Assert.That(async () => await dynamo.DescribeTableAsync("gone"), Throws.InstanceOf<ResourceNotFoundException>());
            Assert.That(async () => await dynamo.DescribeTimeToLiveAsync("gone"), Throws.InstanceOf<ResourceNotFoundException>());
            Assert.That(async () => await dynamo.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = Arn }), Throws.InstanceOf<ResourceNotFoundException>());
            Assert.That(async () => await dynamo.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = "gone" }), Throws.InstanceOf<TableNotFoundException>());
            Assert.That(async () => await dynamo.DeleteTableAsync("gone"), Throws.InstanceOf<ResourceNotFoundException>());
        });
    }

    [Test]
    public async Task A_table_stands_in_its_region_only()
    {
        Estate.AddTable(new TableSpec("orders"));
        using var away = Sandbox.DynamoDb(Clients.Away);

        Assert.That((await away.ListTablesAsync(new ListTablesRequest())).TableNames, Is.Null.Or.Empty);
        Assert.That(async () => await away.DescribeTableAsync("orders"), Throws.InstanceOf<ResourceNotFoundException>());
    }
}
