using System.Text.Json.Nodes;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Reporting;
using PostureScanner.Tests.Reporting.Alerting;

namespace PostureScanner.Tests.Aws.Sinks;

internal sealed class SnsSinkTests : AwsTest
{
    private const string Arn = $"arn:aws:sns:{Away}:{Account}:alerts";

    private SnsSink _sink = null!;

    [SetUp]
    public void Subscribe()
    {
        Estate.AddTopic("alerts", region: Away);
        _sink = Open(Arn);
    }

    [TearDown]
    public void Close() => _sink.Dispose();

    [Test]
    public async Task The_topic_is_told_in_its_own_region()
    {
        await _sink.SendAsync(SampleAlerts.Change, default);

        var message = Sandbox.Topics.Of(Arn).Single();
        Assert.That(message.Subject, Is.EqualTo("PostureScanner CRITICAL: orders fails box-lid-closed"));
        Assert.That(JsonNode.Parse(message.Text("sqs"))!["alertId"]!.GetValue<string>(), Is.EqualTo(SampleAlerts.Change.Id));
        Assert.That(message.Attributes["severity"].Value, Is.EqualTo("critical"));
    }

    [TestCaseSource(typeof(SampleAlerts), nameof(SampleAlerts.Cases))]
    public async Task SNS_takes_every_form(string name, Core.Reporting.Alerting.AlertMessage message)
    {
        await _sink.SendAsync(message, default);
        Assert.That(Sandbox.Topics.Messages, Has.Count.EqualTo(1), name);
    }

    [Test]
    public void A_topic_that_does_not_exist_is_named_with_what_SNS_said()
    {
        using var sink = Open(Arn.Replace("alerts", "nobody", StringComparison.Ordinal));
        Assert.That(
            async () => await sink.SendAsync(SampleAlerts.Change, default),
            Throws.TypeOf<SinkException>().With.Message.StartsWith($"arn:aws:sns:{Away}:{Account}:nobody did not take the alert: sns:Publish: NotFound").And.Property(nameof(SinkException.IsOfMessage)).False);
    }

    [Test]
    public void A_denial_is_said()
    {
        Faults.Deny("sns:Publish");
        Assert.That(async () => await _sink.SendAsync(SampleAlerts.Change, default), Throws.TypeOf<SinkException>().With.Message.Contains("sns:Publish: AuthorizationError").Or.Message.Contains("sns:Publish: AccessDenied"));
    }

    [Test]
    public void Silence_ends_in_bounded_time()
    {
        Faults.Hang("sns:Publish");
        using var sink = SnsSink.Open(Arn, new AwsSettings([Home], [], Pace.Off, TimeSpan.FromMilliseconds(300), Sandbox.Url), TimeProvider.System);
        Assert.That(async () => await sink.SendAsync(SampleAlerts.Change, default), Throws.TypeOf<SinkException>().With.Message.EndsWith("sns:Publish: no answer"));
    }

    [Test]
    public async Task A_page_instead_of_an_answer_is_no_answer()
    {
        await using var proxy = await AwsPackages.Wire.Listener.StartAsync("<html><body>Log in, please</body>");
        using var sink = SnsSink.Open(Arn, new AwsSettings([Home], [], Pace.Off, TimeSpan.FromSeconds(20), new Uri(proxy.Url)), TimeProvider.System);
        Assert.That(async () => await sink.SendAsync(SampleAlerts.Change, default), Throws.TypeOf<SinkException>());
    }

    [Test]
    public async Task A_stumble_is_no_failure()
    {
        Faults.Fail("sns:Publish", 500, "InternalError", times: 1);
        await _sink.SendAsync(SampleAlerts.Change, default);
        Assert.That(Sandbox.Topics.Messages, Has.Count.EqualTo(1));
    }

    [TestCase("alerts")]
    [TestCase("arn:aws:sqs:eu-west-1:111122223333:alerts")]
    [TestCase("arn:aws:sns:eu-west-1:1111:alerts")]
    [TestCase("arn:aws:sns:eu-west-1:111122223333:alerts:9f1c7c1e-0000")]
    public void What_is_no_topic_is_refused_before_the_scan(string arn) =>
        Assert.That(() => Open(arn), Throws.TypeOf<SettingsException>().With.Message.StartsWith($"'{arn}' is no topic's ARN"));

    [Test]
    public void A_FIFO_topic_is_refused_with_its_reason() =>
        Assert.That(() => Open($"{Arn}.fifo"), Throws.TypeOf<SettingsException>().With.Message.Contains("neither e-mail nor chat"));

    private SnsSink Open(string arn) => SnsSink.Open(arn, new AwsSettings([Home], [], Pace.Off, AwsSettings.DefaultPatience, Sandbox.Url), TimeProvider.System);
}
