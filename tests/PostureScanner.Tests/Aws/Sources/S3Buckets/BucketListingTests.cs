using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.S3Buckets;

internal sealed class BucketListingTests : AwsTest
{
    private const string Third = "us-east-1";

    protected override SandboxOptions Options => new() { BucketsPerPage = 2 };

    [Test]
    public async Task More_buckets_than_a_page_holds_are_all_listed_once_whatever_the_number_of_regions()
    {
        Estate.AddBucket(new BucketSpec("a")).AddBucket(new BucketSpec("b") { Region = Away }).AddBucket(new BucketSpec("c")).AddBucket(new BucketSpec("d")).AddBucket(new BucketSpec("e") { Region = Away });
        var scanned = await BucketsAsync(Reader with { Regions = [Third, Home, Away] });
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Is.EqualTo(["a", "b", "c", "d", "e"]));
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Away} {Bucket}: 2", $"{Account}/{Home} {Bucket}: 3", $"{Account}/{Third} {Bucket}: 0"]));
            Assert.That(Calls.Of("s3:ListBuckets"), Is.EqualTo(3));
        });
    }

    [Test]
    public async Task A_page_that_cannot_be_read_leaves_every_region_incomplete_and_reads_what_was_listed()
    {
        Estate.AddBucket(new BucketSpec("a")).AddBucket(new BucketSpec("b")).AddBucket(new BucketSpec("c"));
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Operation == "continuation-token" ? "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>" : call.Answer);
        var scanned = await BucketsAsync(Reader with { Endpoint = proxy.Url });
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Is.EqualTo(["a", "b"]));
            Assert.That(scanned.Listings, Has.Exactly(2).EndsWith(", but s3:ListBuckets: UnreadableAnswer: the answer does not begin with <ListAllMyBucketsResult>"));
        });
    }

    [Test]
    public async Task A_login_page_is_not_an_account_without_buckets()
    {
        Estate.AddBucket(new BucketSpec("data"));
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Operation == "max-buckets" ? "<html><body>Sign in</body></html>" : call.Answer);
        var scanned = await BucketsAsync(Reader with { Endpoint = proxy.Url });
        Assert.That(scanned.Listings, Has.Exactly(2).Contains(": 0, but s3:ListBuckets: UnreadableAnswer: "));
    }

    [Test]
    public async Task A_page_that_repeats_ends_the_listing_instead_of_going_round_for_ever()
    {
        Estate.AddBucket(new BucketSpec("data"));
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Answer.Replace("</ListAllMyBucketsResult>", "<ContinuationToken>ZGF0YQ==</ContinuationToken></ListAllMyBucketsResult>", StringComparison.Ordinal));
        var scanned = await BucketsAsync(Reader with { Endpoint = proxy.Url });
        Assert.That(scanned.Listings, Has.Exactly(2).EndsWith("but s3:ListBuckets repeats a page; the listing cannot be completed"));
    }

    [Test]
    public async Task A_denied_listing_says_so_for_every_region_and_harms_no_other_kind()
    {
        Estate.AddTable(new TableSpec("orders")).AddBucket(new BucketSpec("data"));
        Faults.Deny("s3:ListBuckets");
        var scanned = await Reader.ReadAsync("table.status", "bucket.age");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Is.EqualTo(["orders"]));
            Assert.That(scanned.Listings, Has.Exactly(2).Contains($" {Bucket}: 0, but s3:ListBuckets: AccessDenied: "));
            Assert.That(Calls.Of("s3:ListBuckets"), Is.EqualTo(2), "an organisation may deny one region and not the other");
        });
    }

    [Test]
    public async Task Where_the_first_region_is_silent_another_lists_the_buckets()
    {
        Estate.AddBucket(new BucketSpec("silent")).AddBucket(new BucketSpec("data") { Region = Away, Versioning = "enabled" });
        await WarmUpAsync("versioning.enabled");
        Faults.Hang("*", region: Home);
        var scanned = await Impatient.ReadAsync("versioning.enabled");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Away} {Bucket}: 1", $"{Account}/{Home} {Bucket}: 1"]));
            Assert.That(scanned["data", "versioning.enabled"], Is.EqualTo("true"));
            Assert.That(scanned["silent", "versioning.enabled"], Is.EqualTo("unknown: s3:GetBucketVersioning NoAnswer"));
        });
    }

    [Test]
    public async Task Where_the_first_region_is_denied_another_lists_the_buckets()
    {
        Estate.AddBucket(new BucketSpec("data") { Region = Away, Versioning = "enabled" });
        Faults.Deny("s3:*", region: Home);
        var scanned = await Reader.ReadAsync("versioning.enabled");
        Assert.That((scanned.Listings[0], scanned["data", "versioning.enabled"]), Is.EqualTo(($"{Account}/{Away} {Bucket}: 1", "true")));
    }

    [Test]
    public async Task Buckets_elsewhere_are_counted_and_neither_read_nor_missing()
    {
        Estate.AddBucket(new BucketSpec("here")).AddBucket(new BucketSpec("there") { Region = Away }).AddBucket(new BucketSpec("there-too") { Region = Away });
        var scanned = await (Reader with { Regions = [Home] }).ReadAsync("versioning.enabled");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Is.EqualTo(["here"]));
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Home} {Bucket}: 1"]));
            Assert.That(scanned.OutOfScope, Is.EqualTo([$"{Account}/{Away}: 2"]));
            Assert.That(Calls.Of("s3:GetBucketVersioning"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Where_the_listing_names_no_regions_each_bucket_is_looked_for()
    {
        Estate.AddBucket(new BucketSpec("here") { Versioning = "enabled" }).AddBucket(new BucketSpec("there") { Region = Away, Versioning = "enabled" });
        await using var proxy = await WithoutRegionsAsync();
        var scanned = await (Reader with { Endpoint = proxy.Url }).ReadAsync("versioning.enabled");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Sheets.Select(s => (s.Resource.Name, s.Resource.Target.Region, Scanned.Of(s)["versioning.enabled"])), Is.EquivalentTo([("here", Home, "true"), ("there", Away, "true")]));
            Assert.That((Calls.Of("s3:HeadBucket", "here"), Calls.Of("s3:HeadBucket", "there")), Is.EqualTo((1, 1)));
        });
    }

    [Test]
    public async Task A_bucket_whose_region_cannot_be_read_stands_in_a_region_of_its_own_and_is_unknown()
    {
        Estate.AddBucket(new BucketSpec("astray")).AddBucket(new BucketSpec("data"));
        Faults.Fail("s3:HeadBucket", 403, "AccessDenied", name: "astray");
        await using var proxy = await WithoutRegionsAsync();
        var scanned = await (Reader with { Endpoint = proxy.Url }).ReadAsync("versioning.enabled", "bucket.age");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.SheetOf("astray").Resource.Target.Region, Is.EqualTo("unknown"));
            Assert.That(scanned.Of("astray").Values, Is.All.EqualTo("unknown: s3:HeadBucket Forbidden"));
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Away} {Bucket}: 0", $"{Account}/{Home} {Bucket}: 1", $"{Account}/unknown {Bucket}: 1, but the region of these buckets could not be read"]));
        });
    }

    [Test]
    public async Task A_bucket_that_vanished_before_its_region_was_read_is_unknown()
    {
        Estate.AddBucket(new BucketSpec("gone"));
        Faults.Vanish("gone");
        await using var proxy = await WithoutRegionsAsync();
        Assert.That((await (Reader with { Endpoint = proxy.Url }).ReadAsync("versioning.enabled"))["gone", "versioning.enabled"], Is.EqualTo("unknown: s3:HeadBucket NotFound"));
    }

    [Test]
    public async Task A_bucket_that_stands_elsewhere_than_its_listing_says_is_unknown()
    {
        Estate.AddBucket(new BucketSpec("moved") { Versioning = "enabled" });
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Answer.Replace($"<BucketRegion>{Home}", $"<BucketRegion>{Away}", StringComparison.Ordinal));
        Assert.That((await (Reader with { Endpoint = proxy.Url }).ReadAsync("versioning.enabled"))["moved", "versioning.enabled"], Is.EqualTo("unknown: s3:GetBucketVersioning PermanentRedirect"));
    }

    [Test]
    public async Task A_bucket_taken_by_somebody_else_is_refused_and_not_read()
    {
        Estate.AddBucket(new BucketSpec("taken") { Account = OtherAccount, ReadableBy = [Account], Versioning = "enabled" });
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Operation == "max-buckets"
            ? call.Answer.Replace("<Buckets />", $"<Buckets><Bucket><Name>taken</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate><BucketRegion>{Home}</BucketRegion></Bucket></Buckets>", StringComparison.Ordinal)
            : call.Answer);
        Assert.That((await (Reader with { Endpoint = proxy.Url }).ReadAsync("versioning.enabled"))["taken", "versioning.enabled"], Is.EqualTo("unknown: s3:GetBucketVersioning AccessDenied"));
    }

    private static Task<Scanned> BucketsAsync(Reader reader) => reader.ReadAsync("bucket.age");

    // As emulators and older S3-compatible services list.
    private Task<Proxy> WithoutRegionsAsync() => Proxy.StartAsync(Sandbox.Url, call => System.Text.RegularExpressions.Regex.Replace(
        call.Answer, "<BucketRegion>[^<]*</BucketRegion>", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
}
