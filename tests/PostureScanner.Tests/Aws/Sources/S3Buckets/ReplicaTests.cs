using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.S3Buckets;

/// <summary><c>replication.is-replica</c>: what one bucket is, other buckets' rules decide.</summary>
internal sealed class ReplicaTests : AwsTest
{
    private const string IsReplica = "replication.is-replica";

    [Test]
    public async Task In_a_chain_every_bucket_but_the_first_is_a_replica()
    {
        Estate.AddBucket(To("c", "b", Away)).AddBucket(To("a", "b")).AddBucket(To("b", "c", Away)).AddBucket(new BucketSpec("apart"));
        Assert.That(await ReadAsync("a", "b", "c", "apart"), Is.EqualTo(["absent", "true", "true", "absent"]));
    }

    [Test]
    public async Task A_disabled_rule_makes_no_replica()
    {
        Estate.AddBucket(new BucketSpec("copy")).AddBucket(new BucketSpec("data") { Replication = [new ReplicationRuleSpec("copy") { Enabled = false }] });
        Assert.That(await ReadAsync("copy"), Is.EqualTo(["absent"]));
    }

    [TestCase("dr-role", "replica", ExpectedResult = "true")]
    [TestCase("dr-role", "primary", ExpectedResult = "absent")]
    [TestCase("role", "replica", ExpectedResult = "absent")]
    public async Task<string> The_owner_may_say_so_by_a_tag(string key, string value)
    {
        Estate.AddBucket(new BucketSpec("copy") { Tags = Tags((key, value)) });
        return (await ReadAsync("copy"))[0];
    }

    [Test]
    public async Task Rules_that_could_not_be_read_leave_the_others_decided_with_a_note()
    {
        Estate.AddBucket(To("a", "b")).AddBucket(new BucketSpec("b")).AddBucket(new BucketSpec("c")).AddBucket(new BucketSpec("denied"));
        Faults.Deny("s3:GetBucketReplication", "denied");
        var scanned = await Reader.ReadAsync(IsReplica);
        Assert.Multiple(() =>
        {
            Assert.That(scanned["b", IsReplica], Is.EqualTo("true"));
            Assert.That(scanned["c", IsReplica], Is.EqualTo("absent"));
            Assert.That(scanned.Reading("c", IsReplica).Origin!.Note, Is.EqualTo("the replication rules of 1 other bucket was not read"));
        });
    }

    [Test]
    public async Task A_bucket_whose_own_rules_could_not_be_read_is_decided_without_a_note()
    {
        Estate.AddBucket(new BucketSpec("denied"));
        Faults.Deny("s3:GetBucketReplication", "denied");
        var reading = (await Reader.ReadAsync(IsReplica)).Reading("denied", IsReplica);
        Assert.That((reading.State, reading.Origin!.Note), Is.EqualTo((Core.Facts.ReadingState.Absent, (string?)null)));
    }

    [Test]
    public async Task A_bucket_in_no_known_region_counts_among_those_whose_rules_could_not_be_read()
    {
        Estate.AddBucket(new BucketSpec("astray")).AddBucket(new BucketSpec("data"));
        Faults.Fail("s3:HeadBucket", 403, "AccessDenied", name: "astray");
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Answer.Replace($"<BucketRegion>{Home}</BucketRegion>", "", StringComparison.Ordinal));
        var reading = (await (Reader with { Endpoint = proxy.Url }).ReadAsync(IsReplica)).Reading("data", IsReplica);
        Assert.That(reading.Origin!.Note, Is.EqualTo("the replication rules of 1 other bucket was not read"));
    }

    [Test]
    public async Task A_rule_decides_where_tags_could_not_be_read_and_where_none_does_it_is_unknown()
    {
        Estate.AddBucket(To("a", "b")).AddBucket(new BucketSpec("b"));
        Faults.Deny("s3:GetBucketTagging");
        Assert.That(await ReadAsync("a", "b"), Is.EqualTo(["unknown: s3:GetBucketTagging AccessDenied", "true"]));
    }

    [Test]
    public async Task One_bucket_alone_is_still_judged_by_the_rules_of_all()
    {
        Estate.AddBucket(To("a", "b")).AddBucket(new BucketSpec("b") { Region = Away });
        var scanned = await (Reader with { Only = "arn:aws:s3:::b" }).ReadAsync(IsReplica);
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Is.EqualTo(["b"]));
            Assert.That(scanned["b", IsReplica], Is.EqualTo("true"));
        });
    }

    private static BucketSpec To(string from, string to, string? region = null) => new(from) { Region = region, Versioning = "enabled", Replication = [new ReplicationRuleSpec(to)] };

    private async Task<string[]> ReadAsync(params string[] buckets)
    {
        var scanned = await Reader.ReadAsync(IsReplica);
        return [.. buckets.Select(b => scanned[b, IsReplica])];
    }
}
