using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.DynamoDbTables;

internal sealed class TableListingTests : AwsTest
{
    [Test]
    public async Task More_tables_than_a_page_holds_are_all_listed_once()
    {
        AddTables(130);
        var scanned = await TablesAsync(Reader);
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Has.Count.EqualTo(130).And.Unique);
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Away} {Table}: 0", $"{Account}/{Home} {Table}: 130"]));
            Assert.That(Calls.Of("dynamodb:ListTables", region: Home), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task A_page_that_cannot_be_read_leaves_the_listing_incomplete_and_reads_what_was_listed()
    {
        AddTables(130);
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Request.Contains("ExclusiveStartTableName", StringComparison.Ordinal) ? "{}" : call.Answer);
        var scanned = await TablesAsync(Reader with { Endpoint = proxy.Url, Regions = [Home] });
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Has.Count.EqualTo(100));
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Home} {Table}: 100, but dynamodb:ListTables: UnreadableAnswer: the answer lacks what this operation always gives"]));
        });
    }

    [Test]
    public async Task A_page_that_repeats_ends_the_listing_instead_of_going_round_for_ever()
    {
        Estate.AddTable(new TableSpec("orders"));
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Operation == "ListTables" ? """{"TableNames":["orders"],"LastEvaluatedTableName":"orders"}""" : call.Answer);
        var scanned = await TablesAsync(Reader with { Endpoint = proxy.Url, Regions = [Home] });
        Assert.That(scanned.Listings.Single(), Does.EndWith("but dynamodb:ListTables repeats a page; the listing cannot be completed"));
    }

    [Test]
    public async Task A_denied_listing_says_so_and_harms_no_other_region_and_no_other_kind()
    {
        Estate.AddTable(new TableSpec("here")).AddTable(new TableSpec("there") { Region = Away }).AddBucket(new BucketSpec("data"));
        Faults.Deny("dynamodb:ListTables", region: Home);
        var scanned = await Reader.ReadAsync("table.status", "bucket.age");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Is.EqualTo(["data", "there"]));
            Assert.That(scanned.Listings, Has.Exactly(1).StartsWith($"{Account}/{Home} {Table}: 0, but dynamodb:ListTables: AccessDeniedException: "));
            Assert.That(scanned.Listings.Where(l => !l.Contains("but", StringComparison.Ordinal)), Is.EqualTo([$"{Account}/{Away} {Table}: 1", $"{Account}/{Away} {Bucket}: 0", $"{Account}/{Home} {Bucket}: 1"]));
        });
    }

    [Test]
    public async Task A_region_that_hangs_costs_its_patience_and_the_others_are_whole()
    {
        Estate.AddTable(new TableSpec("here")).AddTable(new TableSpec("there") { Region = Away });
        await WarmUpAsync("table.status");
        Faults.Hang("*", region: Away);
        var scanned = await Impatient.ReadAsync("table.status");
        Assert.Multiple(() =>
        {
            Assert.That(scanned["here", "table.status"], Is.EqualTo("ACTIVE"));
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Away} {Table}: 0, but dynamodb:ListTables: NoAnswer: no answer in time", $"{Account}/{Home} {Table}: 1"]));
        });
    }

    [Test]
    public async Task A_region_that_falls_silent_after_the_listing_costs_each_operation_its_patience_once()
    {
        AddTables(130);
        await WarmUpAsync("table.status");
        Calls.Clear();
        Faults.Hang("dynamodb:Describe*");
        var scanned = await (Impatient with { Regions = [Home] }).ReadAsync("table.status", "pitr.enabled");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Names, Has.Count.EqualTo(130));
            Assert.That(scanned.Sheets.SelectMany(s => Scanned.Of(s).Values), Is.All.EndsWith(" NoAnswer"));
            // 24 tables at once, three attempts each; whoever came later did not wait.
            Assert.That(Calls.Of("dynamodb:DescribeTable"), Is.LessThanOrEqualTo(24 * 3));
        });
    }

    [Test]
    public async Task The_same_name_in_two_regions_is_two_tables()
    {
        Estate.AddTable(new TableSpec("orders") { Pitr = PitrSpec.On }).AddTable(new TableSpec("orders") { Region = Away });
        var scanned = await Reader.ReadAsync("pitr.enabled");
        Assert.That(
            scanned.Sheets.OrderBy(s => s.Resource.Target).Select(s => (s.Resource.Arn, Scanned.Of(s)["pitr.enabled"])),
            Is.EqualTo([($"arn:aws:dynamodb:{Away}:{Account}:table/orders", "false"), ($"arn:aws:dynamodb:{Home}:{Account}:table/orders", "true")]));
    }

    [TestCase("cn-north-1", "aws-cn")]
    [TestCase("us-gov-west-1", "aws-us-gov")]
    public async Task An_ARN_names_its_partition(string region, string partition)
    {
        await using var elsewhere = await SandboxServer.StartAsync(Estate.Empty(Account, region).AddTable(new TableSpec("orders")).AddBucket(new BucketSpec("data")), new SandboxOptions { Clock = Clock });
        var scanned = await new Reader(elsewhere.Url, Clock) { Regions = [region] }.ReadAsync("table.status", "bucket.age");
        Assert.That(scanned.Sheets.Select(s => s.Resource.Arn), Is.EquivalentTo([$"arn:{partition}:dynamodb:{region}:{Account}:table/orders", $"arn:{partition}:s3:::data"]));
    }

    private static Task<Scanned> TablesAsync(Reader reader) => reader.ReadAsync("table.status");

    private void AddTables(int count)
    {
        for (var i = 0; i < count; i++)
            Estate.AddTable(new TableSpec($"table-{i}"));
    }
}
