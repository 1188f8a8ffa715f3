using System.Collections.Immutable;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Scanning;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Aws.Pacing;

namespace PostureScanner.Tests.Aws;

/// <summary>Which accounts and regions are looked at, and with which settings no scan can begin.</summary>
internal sealed class AwsCompositionTests : AwsTest
{
    private const string Role = $"arn:aws:iam::{Account}:role/PostureReader";
    private const string OtherRole = $"arn:aws:iam::{OtherAccount}:role/audit/PostureReader";

    private Reader ByRoles => Reader with { Regions = [Home], Roles = [Role, OtherRole] };

    [Test]
    public async Task Every_role_opens_its_own_account()
    {
        Estate.AddTable(new TableSpec("ours")).AddTable(new TableSpec("theirs") { Account = OtherAccount }).AddBucket(new BucketSpec("their-data") { Account = OtherAccount });
        var scanned = await ByRoles.ReadAsync("table.status", "bucket.age");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Sheets.Select(s => $"{s.Resource.Target.Account} {s.Resource.Name}"), Is.EquivalentTo([$"{Account} ours", $"{OtherAccount} theirs", $"{OtherAccount} their-data"]));
            Assert.That(scanned.Listings, Is.EqualTo([$"{Account}/{Home} {Table}: 1", $"{Account}/{Home} {Bucket}: 0", $"{OtherAccount}/{Home} {Table}: 1", $"{OtherAccount}/{Home} {Bucket}: 1"]));
            Assert.That(Calls.Of("sts:AssumeRole"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task A_role_that_cannot_be_assumed_leaves_its_account_unlisted_and_the_other_whole()
    {
        Estate.AddTable(new TableSpec("ours")).AddTable(new TableSpec("theirs") { Account = OtherAccount });
        Faults.Deny("sts:AssumeRole", OtherRole);
        var scanned = await ByRoles.ReadAsync("table.status", "bucket.age");
        Assert.Multiple(() =>
        {
            Assert.That(scanned["ours", "table.status"], Is.EqualTo("ACTIVE"));
            Assert.That(scanned.Listings.Take(2), Is.EqualTo([$"{Account}/{Home} {Table}: 1", $"{Account}/{Home} {Bucket}: 0"]));
            Assert.That(scanned.Listings.Skip(2).ToList(), Has.Count.EqualTo(2).And.All.StartsWith($"{OtherAccount}/{Home} AWS::").And.All.Contains(": 0, but sts:AssumeRole: AccessDenied: "));
        });
    }

    [Test]
    public async Task A_role_of_an_account_that_does_not_exist_is_one_that_cannot_be_assumed()
    {
        var scanned = await (Reader with { Regions = [Home], Roles = ["arn:aws:iam::999999999999:role/PostureReader"] }).ReadAsync("table.status");
        Assert.That(scanned.Listings.Single(), Does.StartWith($"999999999999/{Home} {Table}: 0, but sts:AssumeRole: AccessDenied: "));
    }

    [Test]
    public async Task Where_nobody_says_who_we_are_nothing_is_listed_and_the_problem_is_named()
    {
        Estate.AddTable(new TableSpec("ours"));
        Faults.Deny("sts:GetCallerIdentity");
        var scanned = await Reader.ReadAsync("table.status", "bucket.age");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Sheets, Is.Empty);
            Assert.That(scanned.Listings, Has.Count.EqualTo(4).And.All.StartsWith("unknown/").And.All.Contains(": 0, but sts:GetCallerIdentity: AccessDenied: "));
            Assert.That(Calls.Counts.Keys, Is.EqualTo(["sts:GetCallerIdentity"]));
        });
    }

    [Test]
    public async Task Throttling_at_the_door_costs_time_only()
    {
        Estate.AddTable(new TableSpec("ours"));
        Faults.ThrottleFirst("sts:*", 1);
        Assert.That((await ByRoles.ReadAsync("table.status")).Names, Is.EqualTo(["ours"]));
    }

    [Test]
    public async Task A_silent_first_region_does_not_keep_us_out_of_the_others()
    {
        Estate.AddTable(new TableSpec("there") { Region = Away });
        await WarmUpAsync("table.status");
        Faults.Hang("*", region: Home);
        var scanned = await Impatient.ReadAsync("table.status");
        Assert.That((scanned["there", "table.status"], scanned.Listings[0]), Is.EqualTo(("ACTIVE", $"{Account}/{Away} {Table}: 1")));
    }

    [Test, CancelAfter(30_000)]
    public async Task Silent_regions_beside_the_first_cost_their_time_together(CancellationToken tooLate)
    {
        Faults.Hang("sts:*");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(tooLate);
        var clock = new SteppedClock();
        var connecting = AwsComposition.ConnectAsync(new AwsSettings([Home, Away, "eu-north-1", "us-east-1"], [], Pace.Off, TimeSpan.FromSeconds(30), Sandbox.Url), new CallTally(), clock, stop.Token);
        foreach (var attempt in Enumerable.Range(1, 3))
        {
            await UntilAskedAsync(attempt, Home);
            clock.Move(TimeSpan.FromSeconds(10));
        }

        // No time passes while these wait.
        await UntilAskedAsync(1, Away, "eu-north-1", "us-east-1");
        await stop.CancelAsync();
        using var composition = await connecting;
        Assert.That(composition.Callers, Is.Empty, "who we are is not known");

        async Task UntilAskedAsync(int times, params string[] regions)
        {
            while (!Array.TrueForAll(regions, r => Calls.Of("sts:GetCallerIdentity", region: r) == times))
            {
                tooLate.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    [Test]
    public async Task A_region_or_a_role_that_is_named_twice_is_looked_at_once()
    {
        Estate.AddTable(new TableSpec("ours"));
        var scanned = await (Reader with { Regions = [Home, Home], Roles = [Role, Role] }).ReadAsync("table.status");
        Assert.That((scanned.Names.Single(), scanned.Listings.Single()), Is.EqualTo(("ours", $"{Account}/{Home} {Table}: 1")));
    }

    [TestCase("eu-west")]
    [TestCase("EU-WEST-1")]
    [TestCase("eu-west-1a")]
    [TestCase("evil.example/eu-west-1")]
    public void What_is_no_region_is_refused(string region) =>
        Assert.That(Connecting([region]), Throws.TypeOf<SettingsException>().With.Message.EqualTo($"'{region}' is no region; regions are written like eu-west-1, or 'all' by itself"));

    [TestCase("eu-west-1")]
    [TestCase("ap-southeast-4")]
    [TestCase("us-gov-west-1")]
    [TestCase("us-iso-east-1")]
    [TestCase("cn-north-1")]
    public void What_is_a_region_is_accepted(string region) => Assert.That(Connecting([region]), Throws.Nothing);

    [TestCase("PostureReader")]
    [TestCase("arn:aws:iam::111122223333:user/alice")]
    [TestCase("arn:aws:iam::1111:role/PostureReader")]
    [TestCase("arn:aws:s3:::data")]
    [TestCase("arn:aws:iam::111122223333:role/")]
    [TestCase("arn:aws:iam::11112222333x:role/PostureReader")]
    public void What_is_no_role_is_refused(string arn) =>
        Assert.That(Connecting([Home], arn), Throws.TypeOf<SettingsException>().With.Message.EqualTo($"'{arn}' is no role's ARN; roles are written like arn:aws:iam::111122223333:role/PostureReader"));

    [Test]
    public void Two_roles_of_one_account_are_refused_because_everything_in_it_would_be_read_twice() =>
        Assert.That(Connecting([Home], Role, Role + "2"), Throws.TypeOf<SettingsException>().With.Message.Contains(Account));

    private Func<Task> Connecting(ImmutableArray<string> regions, params ImmutableArray<string> roles) => async () =>
    {
        using var composition = await AwsComposition.ConnectAsync(new AwsSettings(regions, roles, Pace.Off, AwsSettings.DefaultPatience, Sandbox.Url), new CallTally(), Clock, CancellationToken.None);
    };
}
