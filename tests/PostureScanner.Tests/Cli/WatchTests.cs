using System.Text.Json.Nodes;
using PostureScanner.Sandbox;
using PostureScanner.Tests.AwsPackages.Wire;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>Whom the command line tells what changed, and what it publishes.</summary>
public sealed class WatchTests
{
    private const string Region = "eu-west-1";
    private const string Topic = "arn:aws:sns:eu-west-1:111122223333:alerts";

    private ManualClock _clock = null!;
    private string _folder = null!;
    private SandboxServer _sandbox = null!;

    [SetUp]
    public async Task Scan_once()
    {
        _clock = new ManualClock();
        _folder = Directory.CreateTempSubdirectory().FullName;
        _sandbox = await SandboxServer.StartAsync(
            Estate.Empty(regions: Region)
                .AddTable(new TableSpec("orders") { Region = Region, Created = TimeSpan.FromDays(20), Pitr = PitrSpec.On, DeletionProtection = true })
                .AddTable(new TableSpec("users") { Region = Region, Created = TimeSpan.FromDays(90), Pitr = PitrSpec.On, DeletionProtection = true })
                .AddBucket(new BucketSpec("uploads") { Region = Region, Versioning = "enabled" }),
            new SandboxOptions { Clock = _clock });
        await ScanAsync();
    }

    [TearDown]
    public async Task Remove_it()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Without_a_topic_everything_else_happens_and_the_topic_gets_what_it_missed()
    {
        await using var slack = await Listener.StartAsync(new Answer(200, "ok"));
        var webhook = Path.Combine(_folder, "webhook");
        await File.WriteAllTextAsync(webhook, $"{slack.Url}/services/5ecre7\n");
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });
        string[] sinks = ["--publish", "--topic-arn", Topic, "--slack-webhook", webhook];

        var first = await ScanAsync(sinks);
        var told = slack.Asked.Count;
        _sandbox.Estate.AddTopic("alerts", Region);
        _clock.Pass(TimeSpan.FromHours(1));
        var second = await ScanAsync(sinks);
        _clock.Pass(TimeSpan.FromHours(1));
        await ScanAsync(sinks);

        var ids = first.Json["drift"]!.AsArray().Select(d => d!["alertId"]?.GetValue<string>()).OfType<string>().ToList();
        Assert.That(first.Exit, Is.EqualTo(3));
        Assert.That(first.Error, Does.Contain($"{Topic} did not take the alert: sns:Publish: NotFound").And.Contains($"for sns:{Topic} will be sent by the next run"));
        Assert.That(_sandbox.Metrics.Of("OutboxDepth").Select(m => m.Sum), Is.EqualTo(new double[] { ids.Count, 0, 0 }));
        Assert.That(_sandbox.Metrics.Of("ScanCompleted").Select(m => m.Sum).Distinct(), Is.EqualTo(new double[] { 1 }), "metrics and state were written");
        Assert.That((told, slack.Asked.Count), Is.EqualTo((ids.Count, ids.Count)), "the working sink was told once");
        Assert.That(second.Json["drift"]!.AsArray(), Is.Empty);
        Assert.That(second.Exit, Is.EqualTo(1));
        Assert.That(_sandbox.Topics.Of(Topic).Select(m => JsonNode.Parse(m.Text("sqs"))!["alertId"]!.GetValue<string>()), Is.EquivalentTo(ids));
        Assert.That(first.Error + first.Out, Does.Not.Contain("5ecre7"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "state.json")), Does.Not.Contain("5ecre7"));
    }

    [Test]
    public async Task Five_hundred_tables_drifting_at_once_are_one_digest()
    {
        _sandbox.Estate.AddTopic("alerts", Region);
        for (var i = 0; i < 500; i++)
            _sandbox.Estate.AddTable(new TableSpec($"table-{i:000}") { Region = Region, Created = TimeSpan.FromDays(90), Pitr = PitrSpec.On, DeletionProtection = true });
        await ScanAsync("--grace", "0s");
        _clock.Pass(TimeSpan.FromHours(1));
        for (var i = 0; i < 500; i++)
            _sandbox.Estate.ChangeTable(new TableSpec($"table-{i:000}") { Region = Region, DeletionProtection = false });

        var run = await ScanAsync("--topic-arn", Topic);

        var message = _sandbox.Topics.Of(Topic).Single();
        var digest = JsonNode.Parse(message.Text("sqs"))!;
        Assert.That(System.Text.Encoding.UTF8.GetByteCount(message.Message), Is.LessThan(256 * 1024));
        Assert.That((digest["type"]!.GetValue<string>(), (int)digest["counts"]!["byChange"]!["regressed"]!), Is.EqualTo(("digest", 500)));
        Assert.That((int)digest["counts"]!["total"]!, Is.EqualTo(run.Json["drift"]!.AsArray().Count(d => d!["alertId"] is not null)));
        Assert.That(digest["changes"]!.AsArray().Count + (int)digest["omitted"]!, Is.EqualTo((int)digest["counts"]!["total"]!));
    }

    [Test]
    public async Task Twenty_scans_in_which_only_ages_sizes_and_counts_move_change_nothing_and_tell_nobody()
    {
        _sandbox.Estate.AddTopic("alerts", Region);
        for (var hour = 1; hour <= 20; hour++)
        {
            _clock.Pass(TimeSpan.FromHours(1));
            _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Items = hour * 1000, Bytes = hour * 100_000 });
            var run = await ScanAsync("--topic-arn", Topic);
            Assert.That(run.Json["drift"]!.AsArray(), Is.Empty, $"hour {hour}");
        }

        Assert.That(_sandbox.Topics.Messages, Is.Empty);
    }

    [Test]
    public async Task A_critical_finding_that_still_fails_is_reminded_of_after_the_time_that_was_given()
    {
        _sandbox.Estate.AddTopic("alerts", Region);
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });
        string[] options = ["--topic-arn", Topic, "--remind-after", "2h"];
        await ScanAsync(options);
        _clock.Pass(TimeSpan.FromHours(1));
        await ScanAsync(options);
        var told = _sandbox.Topics.Messages.Count;
        _clock.Pass(TimeSpan.FromHours(1));
        await ScanAsync(options);

        var reminder = JsonNode.Parse(_sandbox.Topics.Messages[told].Text("sqs"))!;
        Assert.That(_sandbox.Topics.Messages, Has.Count.EqualTo(told + 1));
        Assert.That((reminder["type"]!.GetValue<string>(), reminder["severity"]!.GetValue<string>()), Is.EqualTo(("reminder", "critical")));
    }

    [Test]
    public async Task Metrics_that_cannot_be_published_make_the_run_incomplete_and_leave_the_state()
    {
        _sandbox.Faults.Deny("cloudwatch:PutMetricData");
        var run = await ScanAsync("--publish");
        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("metrics could not be published to the namespace PostureScanner: cloudwatch:PutMetricData failed with AccessDenied"));
    }

    [Test]
    public async Task Metrics_go_to_the_namespace_under_the_scanners_name_and_to_the_resources_that_were_chosen()
    {
        await ScanAsync("--publish", "--namespace", "Ours", "--scanner", "nightly", "--resource-metrics", "or*");
        Assert.That(_sandbox.Metrics.All.Select(m => m.Namespace).Distinct(), Is.EqualTo(new[] { "Ours" }));
        Assert.That(_sandbox.Metrics.Of("PitrEnabled").Select(m => (m.Dimensions["Scanner"], m.Dimensions["TableName"], m.Sum)), Is.EqualTo(new[] { ("nightly", "orders", 1.0) }));
    }

    [TestCase("--topic-arn needs a state", new[] { "scan", "--topic-arn", Topic }, "give a state, too")]
    [TestCase("a namespace needs --publish", new[] { "scan", "--namespace", "Ours" }, "--namespace says how metrics are published: give --publish, too")]
    [TestCase("a topic is an ARN", new[] { "scan", "--state", "s", "--topic-arn", "alerts" }, "'alerts' is no topic's ARN")]
    [TestCase("a webhook is in a file", new[] { "scan", "--state", "s", "--slack-webhook", "nowhere.txt" }, "--slack-webhook nowhere.txt cannot be read")]
    [TestCase("a webhook is not given itself", new[] { "scan", "--state", "s", "--slack-webhook", "https://hooks.slack.com/services/T0/B0/5ecre7" }, "names a file that holds the URL")]
    [TestCase("AWS keeps its namespaces", new[] { "scan", "--publish", "--namespace", "AWS/S3" }, "'AWS/S3' cannot be a namespace")]
    [TestCase("a scanner has a name", new[] { "scan", "--publish", "--scanner", " " }, "cannot name a scanner")]
    public async Task Settings_that_cannot_work_are_said_before_AWS_is_asked(string what, string[] args, string sentence)
    {
        _sandbox.Calls.Clear();
        var run = await Posture.RunAsync(_sandbox, args);
        Assert.That(run.Exit, Is.EqualTo(2), what);
        Assert.That(run.Error, Does.Contain(sentence));
        Assert.That(run.Error, Does.Not.Contain("5ecre7"));
        Assert.That(_sandbox.Calls.Total, Is.Zero);
    }

    private Task<Run> ScanAsync(params string[] more) =>
        Posture.RunAsync(_sandbox, _clock, ["scan", "--regions", Region, "--state", _folder, "--format", "json", "--pace", "off", .. more]);
}
