using System.Text;
using System.Text.Json.Nodes;
using Amazon.SimpleNotificationService.Model;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting.Alerting;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Reporting;
using PostureScanner.Tests.Reporting.Alerting;

namespace PostureScanner.Tests.Aws.Sinks;

/// <summary>The forms in which alerts travel, and what strangers can name in them.</summary>
internal sealed class MessageFormTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:111122223333:alerts";

    private static readonly (string What, string Name)[] Hostile =
    [
        ("quotes", "\"; drop table '\\"),
        ("angle brackets", "<script>alert(1)</script>"),
        ("new lines", "box\nFAIL\r\nall is lost"),
        ("formula", "=HYPERLINK(\"http://evil.example\")"),
        ("emoji", "📦👩‍🚀"),
        ("channel", "<!channel> <!here> <@U012> @here @channel"),
        ("link", "<http://evil.example|click> http://evil.example"),
        ("markup", "*bold* _it_ ~no~ `code` ```block``` :ok:"),
        ("entity", "&lt;!channel&gt;"),
        ("escape", "\e[31mred\u202E"),
        ("half a character", "bo\uD83Dx"),
        ("long", new string('x', 5000)),
        ("long and dear", new string('"', 5000)),
    ];

    private static IEnumerable<TestCaseData> Names => Hostile.Select(h => new TestCaseData(h.Name).SetArgDisplayNames(h.What));

    [TestCaseSource(typeof(SampleAlerts), nameof(SampleAlerts.Cases))]
    public void Chat_by_Amazon_Q_gets_a_custom_notification(string name, AlertMessage message) => Golden.Verify($"alert-{name}.https.json", Form(message, "https").ToString());

    [TestCaseSource(typeof(SampleAlerts), nameof(SampleAlerts.Cases))]
    public void A_Slack_webhook_gets_blocks(string name, AlertMessage message) => Golden.Verify($"alert-{name}.slack.json", JsonNode.Parse(SlackMessage.Of(message))!.ToString());

    [TestCaseSource(typeof(SampleAlerts), nameof(SampleAlerts.Cases))]
    public void Subscribers_can_filter_by_attributes(string name, AlertMessage message) => Golden.Verify(
        $"alert-{name}.attributes.txt",
        string.Concat(SnsMessage.Of(Topic, message).MessageAttributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} ({a.Value.DataType}) {a.Value.StringValue}\n")));

    [Test]
    public void Every_protocol_gets_its_form()
    {
        var forms = JsonNode.Parse(SnsMessage.Of(Topic, SampleAlerts.Change).Message)!;

        Assert.That(forms["default"]!.GetValue<string>(), Is.EqualTo(AlertText.Body(SampleAlerts.Change)));
        Assert.That(forms["email"]!.GetValue<string>(), Is.EqualTo(AlertText.Body(SampleAlerts.Change)));
        foreach (var machine in (string[])["lambda", "sqs", "http"])
            Assert.That(forms[machine]!.GetValue<string>(), Is.EqualTo(AlertMessageJson.Of(SampleAlerts.Change, shown: 1)));
    }

    [TestCaseSource(nameof(Names))]
    public void No_name_breaks_out_of_a_form(string name)
    {
        var message = SampleAlerts.Named(name);
        var (request, slack) = (SnsMessage.Of(Topic, message), SlackMessage.Of(message));

        Assert.That(Size(request), Is.LessThanOrEqualTo(262_144));
        Assert.That(Form(message, "email").GetValue<string>().Count(c => c == '\n'), Is.EqualTo(AlertText.Body(SampleAlerts.Named("box")).Count(c => c == '\n')));
        foreach (var text in Texts(Form(message, "https")).Concat(Texts(JsonNode.Parse(slack)!)))
        {
            Assert.That(text, Does.Not.Contain('<').And.Not.Contain('>'), "what Slack would take for a mention or a link");
            Assert.That(text.Where(c => char.IsControl(c) && c != '\n'), Is.Empty);
        }

        foreach (var text in Texts(Form(message, "https")["content"]!["title"]!).Concat(Texts(JsonNode.Parse(slack)!["text"]!)))
            Assert.That(text, Does.Not.Match("@[a-z]"));
        var code = JsonNode.Parse(slack)!["blocks"]![1]!["text"]!["text"]!.GetValue<string>();
        Assert.That(code.Count(c => c == '`') % 2, Is.Zero, "a code span that a name could end");
        Assert.That(Texts(JsonNode.Parse(slack)!["blocks"]!), Is.All.Length.LessThanOrEqualTo(3000));
        Assert.That(JsonNode.Parse(slack)!["blocks"]![0]!["text"]!["text"]!.GetValue<string>(), Has.Length.LessThanOrEqualTo(150));
    }

    [Test]
    public void Five_hundred_changes_at_once_fit_into_one_message_that_counts_them_right()
    {
        var prefix = new string('n', 200);
        var message = new AlertMessage(MessageKind.Digest, [.. Enumerable.Range(0, 500).Select(i => SampleAlerts.Regressed($"{prefix}-{i}") with { Severity = i < 7 ? Severity.Critical : Severity.High, PolicyId = $"policy-{i % 90}" })]);

        var request = SnsMessage.Of(Topic, message);
        var machine = JsonNode.Parse(JsonNode.Parse(request.Message)!["sqs"]!.GetValue<string>())!;

        Assert.That(Size(request), Is.LessThanOrEqualTo(262_144));
        Assert.That((int)machine["counts"]!["total"]!, Is.EqualTo(500));
        Assert.That((int)machine["counts"]!["bySeverity"]!["critical"]!, Is.EqualTo(7));
        Assert.That(machine["changes"]!.AsArray().Count, Is.GreaterThan(20));
        Assert.That(machine["changes"]!.AsArray().Count + (int)machine["omitted"]!, Is.EqualTo(500));
        Assert.That(AlertText.Body(message), Does.Contain("500 changes, the worst critical").And.Contains("7 critical, 493 high").And.Contains("and 450 more"));
    }

    [TestCase("復旧できない")]
    [TestCase("\"\\\"\\")]
    [TestCase("📦")]
    public void Long_texts_in_any_script_fit(string word)
    {
        var long1000 = string.Concat(Enumerable.Repeat(word, 1000))[..1000];
        var message = new AlertMessage(MessageKind.Digest, [.. Enumerable.Range(0, 60).Select(i => SampleAlerts.Regressed($"b{i}") with { Message = long1000, Fix = long1000, Title = long1000, Because = long1000 })]);
        var request = SnsMessage.Of(Topic, message);
        Assert.That(Size(request), Is.LessThanOrEqualTo(262_144));
        Assert.That(JsonNode.Parse(request.Message)!["email"]!.GetValue<string>(), Does.Contain("60 changes").And.Match("and [0-9]+ more, none of them worse"));
    }

    [Test]
    public void As_many_alerts_as_fit_are_given_to_machines()
    {
        var message = new AlertMessage(MessageKind.Digest, [.. Enumerable.Range(0, 3000).Select(i => SampleAlerts.Of("disappeared", Severity.High, Boxes.Box($"b{i}"), "gone"))]);
        var request = SnsMessage.Of(Topic, message);
        Assert.That(Size(request), Is.InRange(230_000, 262_144));
    }

    [Test]
    public void A_message_nobody_could_have_written_still_fits()
    {
        var huge = new string('\u0001', 100_000);
        var message = new AlertMessage(MessageKind.Change, [SampleAlerts.Named(new string('"', 2000)).Alerts[0] with { Message = huge, Title = huge, Because = huge, Fix = huge, Before = huge, After = huge }]);
        Assert.That(Size(SnsMessage.Of(Topic, message)), Is.LessThanOrEqualTo(262_144));
        Assert.That(Encoding.UTF8.GetByteCount(SlackMessage.Of(message)), Is.LessThan(20_000));
    }

    private static JsonNode Form(AlertMessage message, string protocol)
    {
        var text = JsonNode.Parse(SnsMessage.Of(Topic, message).Message)![protocol]!.GetValue<string>();
        return protocol == "email" ? JsonValue.Create(text) : JsonNode.Parse(text)!;
    }

    private static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonObject map => map.Where(m => m.Value is not null).SelectMany(m => Texts(m.Value!)),
        JsonArray list => list.SelectMany(m => Texts(m!)),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>As SNS counts it: the message and its attributes' names, types and values.</summary>
    private static int Size(PublishRequest request) => Encoding.UTF8.GetByteCount(request.Message)
        + request.MessageAttributes.Sum(a => Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.DataType) + Encoding.UTF8.GetByteCount(a.Value.StringValue));
}
