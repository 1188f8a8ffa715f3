using System.Text.Json.Nodes;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>The built program against moto, scan after scan, with the AWS CLI changing one thing in between; alerts read from a queue, metrics from CloudWatch.</summary>
public sealed class MotoDriftTests
{
    private static readonly (string Name, string[][] Commands)[] Steps =
    [
        ("switched-off", [Pitr("switched-off", "PointInTimeRecoveryEnabled=false")]),
        ("suspended", [Versioning("Suspended")]),
        ("deleted", [["dynamodb", "delete-table", "--table-name", "deleted"]]),
        ("made-again", [["dynamodb", "delete-table", "--table-name", "made-again"], Create("made-again"), On("made-again")]),
        ("mended", [On("mended")]),
        ("off-and-on", [Pitr("off-and-on", "PointInTimeRecoveryEnabled=false"), On("off-and-on")]),
        ("untagged", [["dynamodb", "untag-resource", "--resource-arn", "arn:aws:dynamodb:us-east-1:123456789012:table/untagged", "--tag-keys", "dr-tier"]]),
        ("shortened", [Pitr("shortened", "PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=7")]),
        ("nothing", []),
    ];

    private readonly Dictionary<string, (Finished Run, List<JsonNode> Alerts)> _after = [];
    private string _folder = null!;
    private MotoServer _moto = null!;
    private MotoInbox _inbox = null!;

    [OneTimeSetUp]
    public async Task Scan_after_every_change()
    {
        _moto = await MotoServer.StartAsync();
        _folder = Directory.CreateTempSubdirectory().FullName;
        string[] tables = ["switched-off", "deleted", "made-again", "mended", "off-and-on", "untagged", "shortened"];
        await Task.WhenAll(tables.Select(async table =>
        {
            await _moto.AwsAsync(Create(table));
            if (table != "mended")
                await _moto.AwsAsync(On(table));
        }));
        await _moto.AwsAsync("s3api", "create-bucket", "--bucket", "suspended");
        await _moto.AwsAsync(Versioning("Enabled"));
        await _moto.AwsAsync("s3api", "create-bucket", "--bucket", "posture-state");
        _inbox = await MotoInbox.OpenAsync(_moto, "posture");

        _after["first"] = await ScanAsync();
        foreach (var (name, commands) in Steps)
        {
            foreach (var command in commands)
                await _moto.AwsAsync(command);
            _after[name] = await ScanAsync();
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await (_moto?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    [TestCase("switched-off", "regressed", "dynamodb-pitr-enabled", null)]
    [TestCase("suspended", "regressed", "s3-versioning-enabled", null)]
    [TestCase("deleted", "disappeared", null, null)]
    [TestCase("made-again", "replaced", null, null)]
    [TestCase("mended", "recovered", "dynamodb-pitr-enabled", null)]
    [TestCase("off-and-on", "window-reset", null, null)]
    [TestCase("untagged", "left-scope", "dynamodb-critical-recovery-period-35d", null)]
    [TestCase("shortened", "weakened", null, "pitr.recovery-period")]
    public void A_change_is_in_the_report_and_in_the_alert_under_one_id(string step, string change, string? policy, string? fact)
    {
        var (run, alerts) = _after[step];
        var drift = JsonNode.Parse(run.Out)!["drift"]!.AsArray().SingleOrDefault(d => IsIt(d!, change, step, policy, fact));
        var told = alerts.SelectMany(a => a["changes"]!.AsArray()).SingleOrDefault(c => IsIt(c!, change, step, policy, fact));

        Assert.That(drift, Is.Not.Null, run.Out + run.Error);
        Assert.That(told, Is.Not.Null);
        Assert.That(told!["alertId"]!.GetValue<string>(), Is.EqualTo(drift!["alertId"]!.GetValue<string>()));
        Assert.That(alerts, Is.All.Matches<JsonNode>(a => a["schema"]!.GetValue<string>() == "posture-alert/v1"));
    }

    [TestCase("regressed")]
    [TestCase("disappeared")]
    [TestCase("replaced")]
    [TestCase("recovered")]
    [TestCase("window-reset")]
    [TestCase("left-scope")]
    [TestCase("weakened")]
    public async Task And_in_the_metrics(string change) => Assert.That(await _moto.MaximumAsync("DriftEvents", $"Name=Change,Value={change}"), Is.GreaterThanOrEqualTo(1));

    [Test]
    public void Every_alert_came_once() =>
        Assert.That(_after.Values.SelectMany(s => s.Alerts).SelectMany(a => a["changes"]!.AsArray()).Select(c => c!["alertId"]!.GetValue<string>()), Is.Unique);

    [Test]
    public void The_first_scan_is_told_as_a_baseline() => Assert.That(_after["first"].Alerts.Single()["type"]!.GetValue<string>(), Is.EqualTo("baseline"));

    [Test]
    public void A_scan_with_no_change_sends_nothing()
    {
        Assert.That(JsonNode.Parse(_after["nothing"].Run.Out)!["drift"]!.AsArray(), Is.Empty);
        Assert.That(_after["nothing"].Alerts, Is.Empty);
    }

    [Test]
    public void Every_run_ends_with_findings_and_nothing_to_complain_of() =>
        Assert.That(_after.Values.Select(s => (s.Run.Exit, s.Run.Error.Contains("did not take", StringComparison.Ordinal))), Is.All.EqualTo((1, false)));

    [TestCase("ScanCompleted", null, 1)]
    [TestCase("OutboxDepth", null, 0)]
    [TestCase("PitrEnabled", "Name=TableName,Value=mended", 1)]
    public async Task The_metrics_say_so(string name, string? dimension, double value) => Assert.That(await _moto.MaximumAsync(name, dimension), Is.EqualTo(value));

    private async Task<(Finished Run, List<JsonNode> Alerts)> ScanAsync()
    {
        var run = await Program.PostureAsync(
            _moto.Url, "scan", "--regions", "us-east-1", "--format", "json", "--pace", "off", "--grace", "1s",
            "--state", "s3://posture-state/drift", "--publish", "--topic-arn", _inbox.TopicArn, "--resource-metrics", "mended");
        return (run, await _inbox.ReadAsync());
    }

    private static bool IsIt(JsonNode change, string word, string name, string? policy, string? fact) =>
        change["change"]!.GetValue<string>() == word
        && change["resource"]?["name"]?.GetValue<string>() == name
        && change["policy"]?.GetValue<string>() == policy
        && change["fact"]?.GetValue<string>() == fact;

    private static string[] Create(string table) =>
    [
        "dynamodb", "create-table", "--table-name", table, "--billing-mode", "PAY_PER_REQUEST", "--tags", "Key=dr-tier,Value=" + (table == "untagged" ? "critical" : "normal"),
        "--key-schema", "AttributeName=pk,KeyType=HASH", "--attribute-definitions", "AttributeName=pk,AttributeType=S",
    ];

    private static string[] On(string table) => Pitr(table, "PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35");

    private static string[] Pitr(string table, string specification) =>
        ["dynamodb", "update-continuous-backups", "--table-name", table, "--point-in-time-recovery-specification", specification];

    private static string[] Versioning(string status) => ["s3api", "put-bucket-versioning", "--bucket", "suspended", "--versioning-configuration", $"Status={status}"];
}
