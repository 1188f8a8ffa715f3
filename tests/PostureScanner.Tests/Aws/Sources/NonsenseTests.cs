using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>Answers that are well-formed and make no sense: each costs the facts it concerns, and never the scan.</summary>
internal sealed class NonsenseTests : AwsTest
{
    [Test]
    public async Task A_retention_no_calendar_holds_is_the_longest_there_is()
    {
        var scanned = await ReadAsync("<NoncurrentDays>30</NoncurrentDays>", "<NoncurrentDays>2147483647</NoncurrentDays>", "versioning.noncurrent-retention");
        Assert.That(scanned["data", "versioning.noncurrent-retention"], Does.StartWith("1067519"));
    }

    [Test]
    public async Task A_tag_without_a_key_or_a_value_leaves_the_tags_unknown()
    {
        Assert.That((await ReadAsync("<Value>ada</Value>", "", "tags.owner", "versioning.enabled"))["data", "tags.owner"], Does.Contain("UnreadableAnswer"));
        var scanned = await ReadAsync("\"Key\":\"owner\",", "", "tags.owner", "table.status");
        Assert.That(scanned["orders", "tags.owner"], Does.Contain("UnreadableAnswer"));
        Assert.That(scanned["orders", "table.status"], Is.EqualTo("ACTIVE"));
    }

    [Test]
    public async Task A_bucket_in_a_region_that_is_none_is_in_no_known_region()
    {
        var scanned = await ReadAsync($"<BucketRegion>{Home}</BucketRegion>", "<BucketRegion>not a region!</BucketRegion>", "versioning.enabled");
        Assert.That(scanned["data", "versioning.enabled"], Does.Contain("UnreadableAnswer"));
    }

    private async Task<Scanned> ReadAsync(string found, string instead, params string[] facts)
    {
        var tags = new Dictionary<string, string?> { ["owner"] = "ada" };
        if (Sandbox.Estate.Buckets.Count == 0)
            Sandbox.Estate.AddTable(new TableSpec("orders") { Region = Home, Tags = tags }).AddBucket(new BucketSpec("data") { Region = Home, Tags = tags, Lifecycle = [new LifecycleRuleSpec { ExpireNoncurrent = TimeSpan.FromDays(30) }] });
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Answer.Replace(found, instead, StringComparison.Ordinal));
        return await (Reader with { Endpoint = proxy.Url }).ReadAsync(facts);
    }
}
