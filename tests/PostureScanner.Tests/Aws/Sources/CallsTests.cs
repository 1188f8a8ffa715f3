using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>Who asks too much eats into the customer's quota.</summary>
internal sealed class CallsTests : AwsTest
{
    private static readonly string[] Entering = ["sts:GetCallerIdentity"];

    private static readonly Dictionary<string, string> Listings = new(StringComparer.Ordinal) { [Table] = "dynamodb:ListTables", [Bucket] = "s3:ListBuckets" };

    private static IEnumerable<TestCaseData> Facts =>
        AwsComposition.Vocabulary.Tables.SelectMany(table => Reader.All(table).Select(fact => new TestCaseData(table, fact).SetArgDisplayNames(table.Kind, fact.Name)));

    [TestCaseSource(nameof(Facts))]
    public async Task A_fact_costs_the_calls_that_its_row_names_and_no_others(FactTable table, Fact fact)
    {
        Estate.AddRich(table.Kind, "rich");
        await (Reader with { Kind = table.Kind }).ReadAsync(fact.Name);
        // Only a table without a stack of its own is asked for its replicas.
        var calls = fact.Calls.Select(c => c.Operation).Where(operation => operation != "dynamodb:DescribeTable" || !Site.IsOfOwnStack(fact));
        Assert.That(Calls.Counts.Keys, Is.EquivalentTo(calls.Append(Listings[table.Kind]).Concat(Entering).Distinct(StringComparer.Ordinal)));
    }

    [Test]
    public async Task However_many_facts_are_wanted_each_call_is_made_once()
    {
        foreach (var name in new[] { "one", "two" })
            Estate.AddRichTable($"table-{name}").AddRichBucket($"bucket-{name}");
        await Reader.ReadAsync();
        Assert.That(Calls.Counts, Is.EquivalentTo(new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["sts:GetCallerIdentity"] = 1,
            ["dynamodb:ListTables"] = 2,
            ["dynamodb:DescribeTable"] = 2,
            ["dynamodb:DescribeContinuousBackups"] = 2,
            ["dynamodb:ListTagsOfResource"] = 2,
            ["cloudformation:DescribeStacks"] = 4,
            ["cloudformation:GetTemplate"] = 4,
            ["kms:DescribeKey"] = 4,
            ["kms:ListResourceTags"] = 4,
            ["s3:ListBuckets"] = 1,
            ["s3:GetBucketEncryption"] = 2,
            ["s3:GetBucketLifecycleConfiguration"] = 2,
            ["s3:GetBucketReplication"] = 2,
            ["s3:GetBucketTagging"] = 2,
            // Two buckets and the two places they are copied to.
            ["s3:GetBucketVersioning"] = 4,
            ["s3:GetObjectLockConfiguration"] = 2,
            ["s3:GetPublicAccessBlock"] = 2,
            ["s3:HeadBucket"] = 2,
        }));
    }

    [Test]
    public async Task What_was_sent_is_what_arrived()
    {
        Estate.AddRichTable("table").AddRichBucket("bucket");
        Faults.ThrottleFirst("dynamodb:DescribeTable", 2);
        var scanned = await Reader.ReadAsync();
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Calls.Sent, Is.EqualTo(Calls.Counts.Select(c => (c.Key, c.Value))));
            Assert.That(scanned.Calls.Throttled, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task One_key_behind_many_tables_is_described_once()
    {
        Estate.AddKey(new KeySpec("shared"));
        for (var i = 0; i < 60; i++)
            Estate.AddTable(new TableSpec($"table-{i}") { Key = "shared" });
        await Reader.ReadAsync("encryption.key-state");
        Assert.That(Calls.Of("kms:DescribeKey"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_key_behind_many_buckets_is_described_once_and_the_default_key_once_a_region()
    {
        Estate.AddKey(new KeySpec("shared"));
        for (var i = 0; i < 30; i++)
            Estate.AddBucket(new BucketSpec($"keyed-{i}") { Key = "shared" }).AddBucket(new BucketSpec($"default-{i}") { Encryption = "aws:kms", Region = i % 2 == 0 ? Home : Away });
        await Reader.ReadAsync("encryption.key-state");
        Assert.Multiple(() =>
        {
            Assert.That(Calls.Of("kms:DescribeKey", "shared"), Is.EqualTo(1));
            Assert.That(Calls.Of("kms:DescribeKey", "alias/aws/s3"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task A_destination_that_is_read_itself_is_asked_for_its_versioning_once_in_all()
    {
        Estate.AddBucket(new BucketSpec("copy") { Region = Away, Versioning = "enabled" });
        for (var i = 0; i < 30; i++)
            Estate.AddBucket(new BucketSpec($"data-{i}") { Replication = [new ReplicationRuleSpec("copy")] });
        await Reader.ReadAsync("versioning.enabled", "replication.destination-versioned");
        Assert.That(Calls.Of("s3:GetBucketVersioning", "copy"), Is.EqualTo(1));
    }

    [TestCase("theirs")]
    [TestCase("nowhere")]
    public async Task A_destination_that_is_not_listed_is_looked_for_once_in_all(string destination)
    {
        Estate.AddBucket(new BucketSpec("theirs") { Account = OtherAccount });
        for (var i = 0; i < 30; i++)
            Estate.AddBucket(new BucketSpec($"data-{i}") { Replication = [new ReplicationRuleSpec(destination)] });
        await Reader.ReadAsync("replication.destination-exists", "replication.cross-region");
        Assert.That(Calls.Of("s3:HeadBucket"), Is.EqualTo(1));
    }

    [Test]
    public async Task Buckets_are_listed_once_for_all_regions_and_looked_for_never()
    {
        Estate.AddBucket(new BucketSpec("here")).AddBucket(new BucketSpec("there") { Region = Away });
        await (Reader with { Regions = [Home, Away, "us-east-1"] }).ReadAsync("bucket.age");
        Assert.That(Calls.Counts, Is.EquivalentTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["sts:GetCallerIdentity"] = 1, ["s3:ListBuckets"] = 1 }));
    }

    [Test]
    public async Task Of_one_bucket_alone_nothing_else_is_asked_but_what_decides_whether_it_is_a_replica()
    {
        Estate.AddRichBucket("wanted").AddRichBucket("other");
        await (Reader with { Only = "arn:aws:s3:::wanted" }).ReadAsync("versioning.enabled", "replication.is-replica");
        Assert.Multiple(() =>
        {
            Assert.That(Calls.Of("s3:GetBucketVersioning", "other"), Is.Zero);
            Assert.That(Calls.Of("s3:GetBucketReplication", "other"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Of_one_table_alone_nothing_else_is_asked()
    {
        Estate.AddTable(new TableSpec("wanted")).AddTable(new TableSpec("other"));
        await (Reader with { Only = $"arn:aws:dynamodb:{Home}:{Account}:table/wanted" }).ReadAsync("table.status");
        Assert.That((Calls.Of("dynamodb:DescribeTable", "wanted"), Calls.Of("dynamodb:DescribeTable", "other")), Is.EqualTo((1, 0)));
    }
}
