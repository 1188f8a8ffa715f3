using System.Text.Json.Nodes;
using PostureScanner.Aws;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Reporting;
using PostureScanner.Tests.Aws.Pacing;
using PostureScanner.Tests.AwsPackages.Wire;
using PostureScanner.Tests.Reporting.Alerting;

namespace PostureScanner.Tests.Aws.Sinks;

internal sealed class SlackSinkTests
{
    private const string Secret = "T000/B000/5ecre7";

    [Test]
    public async Task The_webhook_is_given_blocks()
    {
        await using var slack = await Listener.StartAsync(new Answer(200, "ok"));
        await SendAsync(slack);

        var asked = slack.Asked.Single();
        Assert.That(asked.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That(JsonNode.Parse(asked.Body)!["blocks"]![0]!["text"]!["text"]!.GetValue<string>(), Is.EqualTo("orders fails box-lid-closed"));
    }

    [TestCase(429, "7")]
    [TestCase(500, null)]
    [TestCase(503, null)]
    public async Task What_passes_is_waited_for(int status, string? retryAfter)
    {
        await using var slack = await Listener.StartAsync(new Answer(status, "later", retryAfter), new Answer(200, "ok"));
        var clock = new SteppedClock();
        var before = clock.Elapsed;
        await clock.UntilAsync(Unit(SendAsync(slack, clock: clock, patience: TimeSpan.FromMinutes(5))));

        Assert.That(slack.Asked, Has.Count.EqualTo(2));
        Assert.That(clock.Elapsed - before, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(retryAfter is null ? 1 : 7)));
    }

    [TestCase(400, "invalid_payload", true)]
    [TestCase(403, "action_prohibited", false)]
    [TestCase(404, "no_service", false)]
    [TestCase(302, "", false)]
    public async Task A_refusal_is_final_and_says_what_Slack_said(int status, string word, bool isOfMessage)
    {
        await using var slack = await Listener.StartAsync(new Answer(status, word));
        Assert.That(
            async () => await SendAsync(slack),
            Throws.TypeOf<SinkException>().With.Message.EqualTo($"the Slack webhook did not take the alert: HTTP {status} {word}".TrimEnd()).And.Property(nameof(SinkException.IsOfMessage)).EqualTo(isOfMessage));
        Assert.That(slack.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_page_in_no_encoding_there_is_is_a_refusal_like_any_other()
    {
        await using var proxy = await Listener.StartAsync(new Answer(403, $"<html>{new string('x', 100_000)}", ContentType: "text/html; charset=bogus"));
        Assert.That(async () => await SendAsync(proxy), Throws.TypeOf<SinkException>().With.Message.StartsWith("the Slack webhook did not take the alert: HTTP 403 <html>xxx").And.Message.Length.LessThan(200));
    }

    [Test]
    public async Task A_throttle_without_end_ends()
    {
        await using var slack = await Listener.StartAsync(new Answer(429, "", "30"));
        var clock = new SteppedClock();
        Assert.That(async () => await clock.UntilAsync(Unit(SendAsync(slack, clock: clock, patience: TimeSpan.FromMinutes(1)))), Throws.TypeOf<SinkException>());
    }

    [TestCase("http://127.0.0.1:1/services/" + Secret)]
    [TestCase("https://127.0.0.1:1/services/" + Secret)]
    [TestCase("https://nowhere.invalid/services/" + Secret)]
    public async Task The_secret_is_in_no_exception_and_no_name(string webhook)
    {
        var clock = new SteppedClock();
        using var sink = SlackSink.Open(webhook, TimeSpan.FromMinutes(1), clock);
        SinkException? thrown = null;
        try
        {
            await clock.UntilAsync(Unit(sink.SendAsync(SampleAlerts.Change, default)));
        }
        catch (SinkException exception)
        {
            thrown = exception;
        }

        Assert.That(thrown, Is.Not.Null);
        Assert.That($"{thrown} {sink.Id}", Does.Not.Contain("5ecre7").And.Not.Contain("T000"));
    }

    [Test]
    public void The_name_is_the_same_in_every_run_and_another_for_another_webhook()
    {
        using var one = SlackSink.Open("https://hooks.example/a\n", default, TimeProvider.System);
        using var again = SlackSink.Open("https://hooks.example/a", default, TimeProvider.System);
        using var other = SlackSink.Open("https://hooks.example/b", default, TimeProvider.System);
        Assert.That((again.Id, other.Id != one.Id), Is.EqualTo((one.Id, true)));
    }

    [TestCase("")]
    [TestCase("5ecre7")]
    [TestCase("http://hooks.slack.com/services/5ecre7")]
    [TestCase("file:///etc/5ecre7")]
    public void What_is_no_https_url_is_refused_without_being_repeated(string webhook) =>
        Assert.That(() => SlackSink.Open(webhook, default, TimeProvider.System), Throws.TypeOf<SettingsException>().With.Message.Not.Contains("5ecre7"));

    private static async Task SendAsync(Listener slack, TimeProvider? clock = null, TimeSpan? patience = null)
    {
        using var sink = SlackSink.Open($"{slack.Url}/services/{Secret}", patience ?? TimeSpan.FromSeconds(30), clock ?? TimeProvider.System);
        await sink.SendAsync(SampleAlerts.Change, default);
    }

    private static async Task<bool> Unit(Task task)
    {
        await task;
        return true;
    }
}
