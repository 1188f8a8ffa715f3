using System.Text;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

public sealed class ScanCommandTests
{
    private const string Region = "eu-west-1";

    private const string OnePolicy = """
        policy: table-has-owner
        title: Every table has an owner
        severity: high
        resource: AWS::DynamoDB::Table
        require: [ { fact: tags.owner, exists: true } ]
        because: Somebody must answer for it.
        fix: aws dynamodb tag-resource --resource-arn {arn} --tags Key=owner,Value=TEAM
        examples:
          - { facts: { tags.owner: us }, verdict: pass }
          - { facts: { tags.owner: ~ }, verdict: fail }
        """;

    private string _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void Remove_it() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task One_new_policy_is_one_file_and_nothing_else()
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region)
            .AddTable(new TableSpec("owned") { Region = Region, Tags = new Dictionary<string, string?> { ["owner"] = "team" } })
            .AddTable(new TableSpec("orphan") { Region = Region }));

        var run = await ScanAsync(sandbox);

        Assert.That(run.Exit, Is.EqualTo(1), run.Error);
        Assert.That(run.Verdict("table-has-owner", "owned"), Is.EqualTo("pass"));
        Assert.That(run.Verdict("table-has-owner", "orphan"), Is.EqualTo("fail"));
        Assert.That(run.Finding("table-has-owner", "orphan")["fix"]!.GetValue<string>(), Does.Contain("--resource-arn arn:aws:dynamodb:eu-west-1:111122223333:table/orphan "));
        Assert.That(run.Json["scan"]!["apiCalls"]!.AsObject().Select(c => c.Key), Is.EqualTo(new[] { "dynamodb:ListTables", "dynamodb:ListTagsOfResource", "sts:GetCallerIdentity" }), "only what the policy needs");
    }

    [TestCase("low", 1)]
    [TestCase("high", 1)]
    [TestCase("critical", 0)]
    [TestCase("none", 0)]
    public async Task Findings_below_fail_on_leave_the_exit_code_alone(string failOn, int exit)
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddTable(new TableSpec("orphan") { Region = Region }));
        Assert.That((await ScanAsync(sandbox, "--fail-on", failOn)).Exit, Is.EqualTo(exit));
    }

    [TestCase("high", 3)]
    [TestCase("critical", 0)]
    public async Task An_unknown_verdict_at_or_above_fail_on_makes_the_scan_incomplete(string failOn, int exit)
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddTable(new TableSpec("orphan") { Region = Region }).AddTable(new TableSpec("denied") { Region = Region }));
        sandbox.Faults.Deny("dynamodb:ListTagsOfResource", "denied");

        var run = await ScanAsync(sandbox, "--fail-on", failOn);

        Assert.That(run.Exit, Is.EqualTo(exit), "3 wins over 1");
        Assert.That(run.Verdict("table-has-owner", "denied"), Is.EqualTo("unknown"));
        Assert.That(run.Finding("table-has-owner", "denied")["message"]!.GetValue<string>(), Does.Contain("dynamodb:ListTagsOfResource: AccessDeniedException"));
        Assert.That(run.Verdict("table-has-owner", "orphan"), Is.EqualTo("fail"));
    }

    [Test]
    public async Task A_report_mode_policy_never_fails_a_run()
    {
        await PolicyAsync("table-has-owner", OnePolicy + "\nmode: report");
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddTable(new TableSpec("orphan") { Region = Region }));
        var run = await ScanAsync(sandbox);
        Assert.That(run.Exit, Is.Zero);
        Assert.That(run.Json["summary"]!["fail"]!.GetValue<int>(), Is.Zero);
        Assert.That(run.Json["summary"]!["reportMode"]!["fail"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_waived_finding_stays_visible_with_owner_and_expiry()
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        var expires = DateTimeOffset.UtcNow.AddDays(60).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await PolicyAsync("waivers", $$"""
            waivers:
              - { policy: table-has-owner, resource: "orph*", because: It is being handed over., owner: ann@example.com, expires: {{expires}}, ticket: OPS-1 }
            """);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddTable(new TableSpec("orphan") { Region = Region }));

        var json = await ScanAsync(sandbox);
        var text = await Posture.RunAsync(sandbox, "scan", "--regions", Region, "--policies", _folder);

        Assert.That(json.Exit, Is.Zero);
        Assert.That(json.Verdict("table-has-owner", "orphan"), Is.EqualTo("waived"));
        Assert.That(json.Finding("table-has-owner", "orphan")["waiver"]!["owner"]!.GetValue<string>(), Is.EqualTo("ann@example.com"));
        Assert.That(text.Out, Does.Contain("WAIVED").And.Contain("ann@example.com").And.Contain("OPS-1"));
    }

    [Test]
    public async Task All_regions_are_those_the_account_has_enabled()
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: [Region, "eu-north-1", "us-east-1"]).AddTable(new TableSpec("orphan") { Region = "eu-north-1" }));
        var run = await Posture.RunAsync(sandbox, "scan", "--regions", "all", "--policies", _folder, "--format", "json");
        Assert.That(run.Json["scan"]!["targets"]!.AsArray().Select(t => t!["region"]!.GetValue<string>()), Is.EqualTo(new[] { "eu-north-1", Region, "us-east-1" }));
        Assert.That(run.Verdict("table-has-owner", "orphan"), Is.EqualTo("fail"));
    }

    [Test]
    public async Task Without_a_list_of_regions_nothing_is_listed_and_that_is_said()
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: [Region, "us-east-1"]));
        sandbox.Faults.Deny("ec2:DescribeRegions");
        var run = await Posture.RunAsync(sandbox, "scan", "--regions", "all", "--policies", _folder);
        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Out, Does.Contain("NOT LISTED  AWS::DynamoDB::Table in 111122223333/all: ec2:DescribeRegions: "));
    }

    [Test]
    public async Task A_region_that_does_not_answer_costs_no_other_regions_results()
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: [Region, "eu-north-1"]).AddTable(new TableSpec("orphan") { Region = Region }));
        sandbox.Faults.Hang("dynamodb:*", region: "eu-north-1");

        var run = await Posture.RunAsync(sandbox, "scan", "--regions", $"{Region},eu-north-1", "--policies", _folder, "--format", "json", "--patience", "1s");

        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Verdict("table-has-owner", "orphan"), Is.EqualTo("fail"));
        var silent = run.Json["scan"]!["targets"]!.AsArray().Single(t => t!["region"]!.GetValue<string>() == "eu-north-1")!;
        Assert.That(silent["complete"]!.GetValue<bool>(), Is.False);
        Assert.That(silent["problem"]!.GetValue<string>(), Does.StartWith("dynamodb:ListTables: NoAnswer"));
    }

    [Test]
    public async Task A_bad_policy_is_reported_before_anything_is_asked_of_AWS()
    {
        await PolicyAsync("table-has-owner", OnePolicy.Replace("exists: true", "exits: true", StringComparison.Ordinal));
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region));
        var run = await ScanAsync(sandbox);
        Assert.That(run.Exit, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("table-has-owner.yaml:5:32: a condition has no key 'exits'; did you mean 'exists'?").And.Contain("nothing was asked of AWS"));
        Assert.That(run.Out, Is.Empty);
        Assert.That(sandbox.Calls.Total, Is.Zero);
    }

    [Test]
    public async Task The_report_goes_to_a_file_when_asked()
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region));
        var file = Path.Combine(_folder, "report.json");
        var run = await ScanAsync(sandbox, "--output", file);
        Assert.That(run.Out, Is.Empty);
        Assert.That(JsonNode.Parse(await File.ReadAllTextAsync(file))!["schema"]!.GetValue<string>(), Is.EqualTo("posture-report/v1"));
        Assert.That(Directory.GetFiles(_folder, "*.tmp"), Is.Empty);
    }

    [TestCase("text", "FAIL  ")]
    [TestCase("json", "{\n  \"schema\": \"posture-report/v1\"")]
    [TestCase("csv", "\uFEFF\"finding id\",")]
    [TestCase("sarif", "{\n  \"$schema\": ")]
    [TestCase("junit", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites ")]
    [TestCase("html", "<!DOCTYPE html>\n")]
    public async Task Every_format_says_the_same_on_stdout_and_in_a_file(string format, string beginning)
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddTable(new TableSpec("orphan") { Region = Region }));
        var file = Path.Combine(_folder, "report");

        var run = await ScanAsync(sandbox, "--format", format);
        Assert.That((await ScanAsync(sandbox, "--format", format, "--output", file)).Exit, Is.EqualTo(1).And.EqualTo(run.Exit));

        Assert.That(run.Out, Does.StartWith(beginning).And.Contain("table-has-owner").And.Contain("orphan"));
        Assert.That(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)), Does.StartWith(beginning).And.Contain("table-has-owner").And.Contain("orphan"));
    }

    [TestCase("scan", "--pace", "fast", "'fast' is not one of documented, full, off")]
    [TestCase("scan", "--fail-on", "bad", "'bad' is not one of critical, high, medium, low, none")]
    [TestCase("scan", "--format", "xml", "'xml' is not one of text, json, csv, sarif, junit, html")]
    [TestCase("scan", "--patience", "soon", "'soon' is no duration of up to a day; write 30s, 15m or 1h")]
    [TestCase("scan", "--grace", "31d", "'31d' is no duration of 0 to 30 days; write 0s, 1h or 2d")]
    [TestCase("scan", "--remind-after", "0s", "'0s' is no duration of a second to 366 days; write 12h or 7d")]
    [TestCase("scan", "--time-limit", "60d", "'60d' is no duration of up to a day")]
    [TestCase("scan", "--regions", ",", "the list is empty; leave it out for the default")]
    [TestCase("scan", "--role-arns", "", "the list is empty; leave it out for the default")]
    [TestCase("scan", "--output", ".", "is a folder; name a file in it")]
    [TestCase("scan", "--regions", "eu", "'eu' is no region")]
    [TestCase("scan", "--role-arns", "me", "'me' is no role's ARN")]
    [TestCase("scan", "--plan", "none", "there is no plan of that name")]
    [TestCase("scan", "--policies", "nowhere", "there is no such file or folder")]
    public async Task Bad_usage_says_what_is_wrong(string command, string option, string value, string message)
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region));
        var run = await Posture.RunAsync(sandbox, option == "--regions" ? [command, option, value] : [command, "--regions", Region, option, value]);
        Assert.That(run.Exit, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Out, Is.Empty);
    }

    [Test]
    public async Task Out_of_time_is_an_incomplete_scan_with_what_was_read()
    {
        await PolicyAsync("table-has-owner", OnePolicy);
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddTable(new TableSpec("read") { Region = Region }).AddTable(new TableSpec("slow") { Region = Region }));
        sandbox.Faults.ThrottleFirst("dynamodb:ListTagsOfResource", int.MaxValue, "slow");

        var run = await ScanAsync(sandbox, "--time-limit", "2s");

        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Verdict("table-has-owner", "read"), Is.EqualTo("fail"));
        Assert.That(run.Finding("table-has-owner", "slow")["facts"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("OutOfTime"));
    }

    private Task<Run> ScanAsync(SandboxServer sandbox, params string[] more) =>
        Posture.RunAsync(sandbox, ["scan", "--regions", Region, "--policies", _folder, .. more.Contains("--format") ? Array.Empty<string>() : ["--format", "json"], .. more]);

    private Task PolicyAsync(string id, string text) => File.WriteAllTextAsync(Path.Combine(_folder, id + ".yaml"), text.TrimEnd() + "\n");
}
