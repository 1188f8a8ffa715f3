using PostureScanner.Core.Scanning;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>Out of time: what was read stays, the rest is unknown, and every resource that was listed has its sheet.</summary>
internal sealed class StopTests : AwsTest
{
    private const string OutOfTime = " OutOfTime";

    [Test]
    public async Task What_was_read_in_time_stays_and_the_rest_is_unknown()
    {
        Estate.AddTable(new TableSpec("quick")).AddTable(new TableSpec("slow"));
        Faults.Hang("dynamodb:DescribeTable", "slow");
        var scanned = await UntilAsync(item => item is SourceItem.Asked, "table.status", "pitr.enabled");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Of("quick").Values, Is.EqualTo(["false", "ACTIVE"]));
            Assert.That(scanned["slow", "table.status"], Is.EqualTo("unknown: dynamodb:DescribeTable" + OutOfTime));
        });
    }

    [Test]
    public async Task Every_listed_resource_has_its_sheet_even_where_nothing_was_read()
    {
        for (var i = 0; i < 60; i++)
            Estate.AddTable(new TableSpec($"table-{i}")).AddBucket(new BucketSpec($"bucket-{i}"));
        Faults.Hang("dynamodb:Describe*");
        Faults.Hang("s3:GetBucket*");
        var listed = 0;
        var scanned = await UntilAsync(item => item is SourceItem.Listed && Interlocked.Increment(ref listed) == 4, "table.status", "versioning.enabled", "replication.is-replica");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Has.Count.EqualTo(120).And.Unique);
            Assert.That(scanned.Sheets.SelectMany(s => Scanned.Of(s).Values), Is.All.EndsWith(OutOfTime));
        });
    }

    [Test]
    public async Task A_listing_that_was_not_finished_is_not_complete()
    {
        Faults.Hang("dynamodb:ListTables", region: Away);
        Faults.Hang("s3:ListBuckets");
        var scanned = await UntilAsync(item => item is SourceItem.Listed, "table.status", "versioning.enabled");
        Assert.That(scanned.Listings, Is.EqualTo(
        [
            $"{Account}/{Away} {Table}: 0, but dynamodb:ListTables: OutOfTime: not read: out of time",
            $"{Account}/{Away} {Bucket}: 0, but s3:ListBuckets: OutOfTime: not read: out of time",
            $"{Account}/{Home} {Table}: 0",
            $"{Account}/{Home} {Bucket}: 0, but s3:ListBuckets: OutOfTime: not read: out of time",
        ]));
    }

    [Test]
    public async Task Where_there_is_no_time_at_all_the_scan_ends_at_once_and_says_so()
    {
        Estate.AddTable(new TableSpec("orders"));
        var scanned = await (Reader with { Stop = new CancellationToken(canceled: true) }).ReadAsync("table.status");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Listings, Has.Count.EqualTo(2).And.All.EndsWith(", but sts:GetCallerIdentity: OutOfTime: not read: out of time"));
            Assert.That(Calls.Total, Is.Zero);
        });
    }

    private async Task<Scanned> UntilAsync(Predicate<SourceItem> isTime, params string[] facts)
    {
        using var stop = new CancellationTokenSource();
        return await (Reader with { Stop = stop.Token, Seen = item => { if (isTime(item)) stop.Cancel(); } }).ReadAsync(facts);
    }
}
