using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>What must hold for the listing of every kind.</summary>
internal sealed class ListingTests : AwsTest
{
    private static readonly string[] Listings = ["dynamodb:ListTables", "s3:ListBuckets"];

    [TestCaseSource(nameof(Listings))]
    public async Task A_listing_that_comes_right_in_the_end_is_complete(string listing)
    {
        Faults.ThrottleFirst(listing, 1);
        Faults.Fail(listing, 500, "InternalServerError", times: 1);
        Faults.Garbage(listing, times: 1);
        Faults.Close(listing, times: 1);
        Assert.That((await ReadAsync()).Listings, Is.EqualTo([$"{Account}/{Home} {Table}: 1", $"{Account}/{Home} {Bucket}: 1"]));
    }

    [TestCaseSource(nameof(Listings))]
    public async Task A_listing_that_fails_names_the_operation_and_the_code(string listing)
    {
        Faults.Fail(listing, 500, "InternalServerError");
        Assert.That(Incomplete(await ReadAsync()), Does.Contain($", but {listing}: InternalServerError: "));
    }

    [TestCaseSource(nameof(Listings))]
    public async Task A_listing_that_nobody_can_read_names_the_operation(string listing)
    {
        Faults.Garbage(listing);
        Assert.That(Incomplete(await ReadAsync()), Does.Contain($", but {listing}: UnreadableAnswer: "));
    }

    [TestCaseSource(nameof(Listings))]
    public async Task A_listing_whose_connection_is_closed_names_the_operation(string listing)
    {
        Faults.Close(listing);
        Assert.That(Incomplete(await ReadAsync()), Does.Contain($", but {listing}: NoAnswer: "));
    }

    // The one that went wrong is the only one that is not complete.
    private static string Incomplete(Scanned scanned) => scanned.Listings.Single(l => l.Contains(", but ", StringComparison.Ordinal));

    private Task<Scanned> ReadAsync()
    {
        Estate.AddTable(new TableSpec("orders")).AddBucket(new BucketSpec("data"));
        return (Reader with { Regions = [Home] }).ReadAsync("table.status", "bucket.age");
    }
}
