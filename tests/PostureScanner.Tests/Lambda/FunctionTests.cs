using System.Text.Json.Nodes;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Lambda;

/// <summary>The published function as a process, between a Runtime API and the sandbox.</summary>
public sealed class FunctionTests
{
    private const string Region = "eu-west-1";
    private const string Topic = "arn:aws:sns:eu-west-1:111122223333:posture";
    private const string First = """{"scheduledTime":"2026-11-20T10:00:00Z"}""";
    private const string Second = """{"version":"0","detail-type":"Scheduled Event","source":"aws.events","time":"2026-11-20T11:00:00Z","resources":[],"detail":{}}""";

    private static readonly (string, string)[] Settings =
    [
        ("POSTURE_REGIONS", Region), ("POSTURE_STATE", "s3://posture-state/eu"), ("POSTURE_EVIDENCE", "s3://posture-evidence/eu"), ("POSTURE_TOPIC_ARN", Topic), ("POSTURE_PACE", "off"),
    ];

    private RuntimeApiServer _api = null!;
    private SandboxServer _sandbox = null!;

    [SetUp]
    public async Task Start()
    {
        _api = await RuntimeApiServer.StartAsync();
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: [Region, "eu-central-1"])
            .AddTable(new TableSpec("orders") { Region = Region, Created = TimeSpan.FromDays(90), Pitr = PitrSpec.On, DeletionProtection = true })
            .AddTable(new TableSpec("away") { Region = "eu-central-1", Created = TimeSpan.FromDays(90), Pitr = PitrSpec.On, DeletionProtection = true })
            .AddBucket(new BucketSpec("posture-state") { Region = Region, Versioning = "enabled" })
            .AddBucket(new BucketSpec("posture-evidence") { Region = Region, Versioning = "enabled" })
            .AddTopic("posture", Region));
    }

    [TearDown]
    public async Task Stop()
    {
        await _api.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task Hour_after_hour_it_scans_keeps_tells_and_answers()
    {
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, Settings);
        var first = await _api.InvokeAsync(First);
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });
        var second = await _api.InvokeAsync(Second);
        var again = await _api.InvokeAsync(Second);
        var log = await function.LogAsync();

        Assert.That((first.IsError, second.IsError, again.IsError), Is.EqualTo((false, false, false)), first.Body + second.Body + again.Body);
        var summary = first.Summary;
        Assert.That((Flag(summary, "complete"), Number(summary, "resources"), Number(summary, "outboxDepth")), Is.EqualTo((true, 3, 0)), first.Body);
        Assert.That(Number(summary["findings"]!, "unknown"), Is.Zero);
        Assert.That(summary["findings"]!["failBySeverity"]!.AsObject().Select(s => s.Key), Is.EqualTo(new[] { "critical", "high", "low", "medium" }));
        Assert.That(summary["problems"]!.AsArray(), Is.Empty);
        var head = summary["evidenceHead"]!.GetValue<string>();
        Assert.That(head, Does.Match("^1:[0-9a-f]{64}$"));
        Assert.That(log.Select(l => l["message"]!.GetValue<string>()), Has.Some.StartsWith("evidence s3://posture-evidence/eu/scans/").And.Some.Contains(head));
        Assert.That(log.Select(l => l.AsObject().Select(m => m.Key).Take(4)), Is.All.EqualTo(new[] { "timestamp", "level", "requestId", "message" }));

        Assert.That(Number(second.Summary, "drift"), Is.GreaterThan(0));
        Assert.That(second.Summary["evidenceHead"]!.GetValue<string>(), Does.StartWith("2:"));
        Assert.That(_sandbox.Topics.Of(Topic).Select(m => m.Subject), Has.One.EqualTo("PostureScanner CRITICAL: orders fails dynamodb-pitr-enabled"));

        Assert.That((again.Summary["complete"], again.Summary["findings"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null)), "it did not look");
        Assert.That((Flag(again.Summary, "alreadyDone"), again.Summary["scanId"]!.GetValue<string>()), Is.EqualTo((true, second.Summary["scanId"]!.GetValue<string>())));
        Assert.That(_sandbox.Metrics.Of("ScanCompleted").Select(m => m.Sum), Is.EqualTo(new double[] { 1, 1, 1, 1 }), "the whole and the account, twice");
        Assert.That(_sandbox.Calls.Of("dynamodb:ListTables"), Is.EqualTo(2), "a repeated event reads nothing");
    }

    [Test]
    public async Task What_a_topic_did_not_take_fails_the_run_and_is_told_by_a_repeated_event()
    {
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, Settings);
        await _api.InvokeAsync(First);
        var told = _sandbox.Topics.Messages.Count;
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });
        _sandbox.Faults.Deny("sns:Publish");
        var failed = await _api.InvokeAsync(Second);
        _sandbox.Faults.Clear();
        var repeated = await _api.InvokeAsync(Second);

        Assert.That((failed.IsError, failed.ErrorType), Is.EqualTo((true, "RunFailedException")));
        Assert.That((Flag(failed.Summary, "complete"), Number(failed.Summary, "outboxDepth")), Is.EqualTo((true, 1)));
        Assert.That(failed.Summary["problems"]!.AsArray().Select(p => p!.GetValue<string>()), Has.Some.Contains("sns:Publish"));
        Assert.That((repeated.IsError, Flag(repeated.Summary, "alreadyDone"), Number(repeated.Summary, "outboxDepth")), Is.EqualTo((false, true, 0)), repeated.Body);
        Assert.That(_sandbox.Topics.Messages, Has.Count.EqualTo(told + 1));
    }

    [Test]
    public async Task Out_of_time_it_says_what_it_has_before_the_deadline_and_fails()
    {
        _sandbox.Faults.Hang("dynamodb:DescribeTable");
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, Settings);
        var limit = TimeSpan.FromSeconds(20);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var posted = await _api.InvokeAsync(First, limit);

        Assert.That(watch.Elapsed, Is.LessThan(limit));
        Assert.That(posted.IsError, Is.True, posted.Body);
        Assert.That(posted.Message, Does.StartWith("out of time: what was not read is unknown"));
        Assert.That(Flag(posted.Summary, "complete"), Is.False);
        Assert.That(Number(posted.Summary["findings"]!, "unknown"), Is.GreaterThan(0));
        Assert.That(posted.Summary["evidenceHead"]!.GetValue<string>(), Does.StartWith("1:"));
        Assert.That(_sandbox.Metrics.Of("ScanCompleted").Select(m => m.Sum), Does.Contain(0), "the whole; the account was listed");
    }

    [TestCase("sns:Publish", "arn:aws:sns:eu-west-1:111122223333:posture did not take the alert: sns:Publish: no answer", 1)]
    [TestCase("s3:PutObject", "the evidence of this scan may not be kept: out of time; out of time: the state may not be saved", 0)]
    public async Task Whatever_stays_silent_at_the_end_the_rest_is_done_before_the_deadline(string operation, string problem, int completed)
    {
        _sandbox.Faults.Hang(operation);
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, Settings);
        var limit = TimeSpan.FromSeconds(12);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var posted = await _api.InvokeAsync(First, limit);

        Assert.That(watch.Elapsed, Is.LessThan(limit));
        Assert.That(posted.Message, Does.StartWith(problem));
        Assert.That(_sandbox.Metrics.Of("ScanCompleted").Select(m => m.Sum), Is.Not.Empty.And.All.EqualTo(completed));
    }

    [Test]
    public async Task A_state_that_is_silent_for_longer_than_there_is_time_is_said()
    {
        _sandbox.Faults.Hang("s3:GetObject");
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, Settings);
        var posted = await _api.InvokeAsync(First, TimeSpan.FromSeconds(5));
        Assert.That((posted.ErrorType, posted.Message), Is.EqualTo(("TimeoutException", "out of time before anything was read: the state, the secret or the signing key does not answer")));
    }

    [Test]
    public async Task Unknown_verdicts_do_not_fail_it_and_a_target_that_is_not_listed_does()
    {
        _sandbox.Faults.Deny("dynamodb:DescribeContinuousBackups");
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, Settings);
        var unknown = await _api.InvokeAsync(First);
        _sandbox.Faults.Deny("dynamodb:ListTables");
        var unlisted = await _api.InvokeAsync(Second);

        Assert.That(unknown.IsError, Is.False, unknown.Body);
        Assert.That(Number(unknown.Summary["findings"]!, "unknown"), Is.GreaterThan(0));
        Assert.That(unlisted.Message, Does.StartWith("111122223333/eu-west-1 AWS::DynamoDB::Table is not listed: dynamodb:ListTables: AccessDenied"));
    }

    [Test]
    public async Task An_event_names_the_accounts_and_regions_to_look_at()
    {
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, ("POSTURE_REGIONS", Region), ("POSTURE_PACE", "off"));
        var away = await _api.InvokeAsync("""{"targets":[{"account":"111122223333","regions":["eu-central-1"]}]}""");
        var unquoted = await _api.InvokeAsync("""{"targets":[{"account":111122223333,"regions":["eu-central-1"]}]}""");
        var nothing = await _api.InvokeAsync("null");
        var nobody = await _api.InvokeAsync("""{"targets":[{"account":"999999999999"}]}""");
        var wrong = await _api.InvokeAsync("""{"targets":[{"account":"111122223333","regions":["europe"]}]}""");

        Assert.That((away.IsError, Number(away.Summary, "resources")), Is.EqualTo((false, 1)), away.Body);
        Assert.That((unquoted.IsError, Number(unquoted.Summary, "resources")), Is.EqualTo((false, 1)), unquoted.Body);
        Assert.That((nothing.IsError, Number(nothing.Summary, "resources")), Is.EqualTo((false, 3)), nothing.Body);
        Assert.That(nobody.Message, Does.StartWith("999999999999/eu-west-1 AWS::DynamoDB::Table is not listed: no role of this account"));
        Assert.That((wrong.ErrorType, wrong.Message), Is.EqualTo(("SettingsException", "'europe' is no region; regions are written like eu-west-1, or 'all' by itself")));
    }

    [Test]
    public async Task Bad_settings_are_an_error_of_the_start_all_at_once()
    {
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, ("POSTURE_REGIONS", "europe"), ("POSTURE_PACE", "slow"));
        var posted = await _api.InitError.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(posted.ErrorType, Is.EqualTo("SettingsException"));
        Assert.That(posted.Message.Split('\n').Select(l => l.Split(':')[0]), Is.EqualTo(new[] { "POSTURE_REGIONS", "POSTURE_PACE" }));
        Assert.That(await function.ExitAsync(), Is.EqualTo(1));
        Assert.That(_api.Polled.IsCompleted, Is.False);
    }

    [Test]
    public async Task An_event_that_is_none_fails_its_invocation()
    {
        await using var function = FunctionProcess.Start(_api, _sandbox.Url, Settings);
        var posted = await _api.InvokeAsync("""{"scheduledTime":"soon"}""");
        Assert.That(posted.ErrorType, Is.EqualTo("JsonSerializerException"));
    }

    private static bool Flag(JsonNode node, string name) => node[name]!.GetValue<bool>();

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();
}
