using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>Two scans and what happened in between, as the command line tells it.</summary>
public sealed class StateTests
{
    private const string Region = "eu-west-1";

    private string _folder = null!;
    private SandboxServer _sandbox = null!;

    [SetUp]
    public async Task Make_an_estate()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region)
            .AddTable(new TableSpec("orders") { Region = Region, Created = TimeSpan.FromDays(90), Pitr = PitrSpec.On, DeletionProtection = true, Tags = new Dictionary<string, string?> { ["dr-tier"] = "critical" } })
            .AddTable(new TableSpec("users") { Region = Region, Created = TimeSpan.FromDays(90), Pitr = PitrSpec.Off, DeletionProtection = true })
            .AddBucket(new BucketSpec("uploads") { Region = Region, Versioning = "enabled" }));
        await ScanAsync();
    }

    [TearDown]
    public async Task Remove_it()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task The_same_estate_twice_is_no_change() => Assert.That(Changes(await ScanAsync()), Is.Empty);

    [Test]
    public async Task Recovery_switched_off_is_a_regression()
    {
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });
        Assert.That(Changes(await ScanAsync()), Does.Contain("regressed orders dynamodb-pitr-enabled pass fail"));
    }

    [Test]
    public async Task Recovery_switched_off_and_on_again_between_two_scans_is_a_reset_window()
    {
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.On with { Since = TimeSpan.Zero } });
        var changes = Changes(await ScanAsync());
        Assert.That(changes, Does.Contain("window-reset orders   "));
        Assert.That(changes, Has.None.StartsWith("regressed orders dynamodb-pitr-enabled"));
    }

    [Test]
    public async Task A_recovery_period_cut_short_is_a_regression_where_a_policy_asks_for_it()
    {
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.On with { RecoveryPeriodInDays = 7 } });
        Assert.That(Changes(await ScanAsync()), Does.Contain("regressed orders dynamodb-critical-recovery-period-35d pass fail"));
    }

    [Test]
    public async Task A_tag_taken_away_is_a_way_out_of_a_policy()
    {
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Tags = new Dictionary<string, string?> { ["dr-tier"] = null } });
        Assert.That(Changes(await ScanAsync()), Does.Contain("left-scope orders dynamodb-critical-recovery-period-35d pass not-applicable"));
    }

    [Test]
    public async Task A_table_that_is_mended_has_recovered()
    {
        _sandbox.Estate.ChangeTable(new TableSpec("users") { Region = Region, Pitr = PitrSpec.On });
        Assert.That(Changes(await ScanAsync()), Does.Contain("recovered users dynamodb-pitr-enabled fail pass"));
    }

    [Test]
    public async Task A_deleted_table_has_disappeared_and_the_text_says_how_to_have_it_back()
    {
        _sandbox.Estate.RemoveTable("orders");
        var run = await Posture.RunAsync(_sandbox, "scan", "--regions", Region, "--state", _folder);
        Assert.That(run.Out, Does.StartWith("CHANGED SINCE THE LAST SCAN\nDISAPPEARED    orders  eu-west-1  AWS::DynamoDB::Table\n      is no longer listed; DynamoDB keeps the system backup orders$DeletedTableBackup until "));
    }

    [Test]
    public async Task A_table_dropped_and_made_again_is_replaced()
    {
        _sandbox.Estate.RemoveTable("users").AddTable(new TableSpec("users") { Region = Region, Pitr = PitrSpec.On, DeletionProtection = true });
        Assert.That(Changes(await ScanAsync()), Is.EqualTo(new[] { "replaced users   " }));
    }

    [Test]
    public async Task A_denied_listing_makes_nothing_disappear()
    {
        _sandbox.Faults.Deny("dynamodb:ListTables");
        Assert.That(Changes(await ScanAsync()), Is.EqualTo(new[] { "target-lost    " }));
        _sandbox.Faults.Clear();
        Assert.That(Changes(await ScanAsync()), Is.EqualTo(new[] { "target-back    " }));
    }

    [Test]
    public async Task A_state_that_cannot_be_used_is_said_and_the_findings_come_all_the_same()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "state.json"), "{ half a");
        var run = await ScanAsync();
        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("the state cannot be read").And.Contain("a copy is kept"));
        Assert.That(run.Verdict("dynamodb-pitr-enabled", "users"), Is.EqualTo("fail"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "state.json")), Is.EqualTo("{ half a"));
    }

    [Test]
    public async Task Since_is_when_the_verdict_was_first_given()
    {
        var first = (await ScanAsync()).Finding("dynamodb-pitr-enabled", "users")["since"]!.GetValue<string>();
        var again = (await ScanAsync()).Finding("dynamodb-pitr-enabled", "users")["since"]!.GetValue<string>();
        Assert.That(again, Is.EqualTo(first));
    }

    private Task<Run> ScanAsync() => Posture.RunAsync(_sandbox, "scan", "--regions", Region, "--state", _folder, "--format", "json");

    private static string[] Changes(Run run) =>
    [
        .. run.Json["drift"]!.AsArray().Select(d => $"{d!["change"]} {d["resource"]?["name"]} {d["policy"]} {d["before"]} {d["after"]}"),
    ];
}
