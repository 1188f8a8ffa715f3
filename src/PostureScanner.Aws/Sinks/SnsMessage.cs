using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SimpleNotificationService.Model;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Aws.Sinks;

/// <summary>A message as one publication, with a form of its own for each protocol that may be subscribed.</summary>
internal static class SnsMessage
{
    /// <summary>SNS takes 262,144 bytes, attributes included; the rest is room for these.</summary>
    private const int MostBytes = 240_000;

    /// <summary>Of one text, which stands in the message twice and may double when it is escaped.</summary>
    private const int MostText = 32_000;

    /// <summary>What can be named in an attribute; more would be no filter but noise.</summary>
    private const int MostNamed = 200;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PublishRequest Of(string topicArn, AlertMessage message) => new()
    {
        TopicArn = topicArn,
        Subject = AlertText.Subject(message),
        MessageStructure = "json",
        Message = Body(message),
        MessageAttributes = Attributes(message),
    };

    /// <summary>With as many alerts for machines as there is room for beside the forms for people.</summary>
    private static string Body(AlertMessage message)
    {
        var text = Text(message);
        var chat = AmazonQNotification.Of(message).ToJsonString(Options);
        var body = Render(message.Alerts.Length);
        if (Encoding.UTF8.GetByteCount(body) <= MostBytes)
            return body;
        // Bisected, so that a message of thousands costs a dozen tries.
        var (fits, fails) = (0, message.Alerts.Length);
        while (fails - fits > 1)
        {
            var between = (fits + fails) / 2;
            if (Encoding.UTF8.GetByteCount(Render(between)) <= MostBytes)
                fits = between;
            else
                fails = between;
        }

        return Render(fits);

        string Render(int shown)
        {
            var machine = AlertMessageJson.Of(message, shown);
            return new JsonObject { ["default"] = text, ["email"] = text, ["https"] = chat, ["lambda"] = machine, ["sqs"] = machine, ["http"] = machine }.ToJsonString(Options);
        }
    }

    /// <summary>What people are sent, twice: as many alerts one by one as are short enough.</summary>
    private static string Text(AlertMessage message)
    {
        var shown = message.Alerts.Length;
        var text = AlertText.Body(message);
        while (shown > 0 && Encoding.UTF8.GetByteCount(text) > MostText)
        {
            shown = Math.Min(shown, 50) / 2;
            text = AlertText.Body(message, shown);
        }

        return text;
    }

    private static Dictionary<string, MessageAttributeValue> Attributes(AlertMessage message)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>(StringComparer.Ordinal) { ["severity"] = Text(message.Severity.Word()) };
        Add("kind", message.Alerts.Select(a => a.Kind));
        Add("account", message.Alerts.Select(a => a.Target?.Account));
        Add("region", message.Alerts.SelectMany(a => a.Regions.IsEmpty ? [a.Target?.Region] : a.Regions.Select(r => (string?)r)));
        Add("change", message.Alerts.Select(a => a.Word));
        var policies = Named(message.Alerts.Select(a => a.PolicyId));
        if (policies.Count > 0)
            attributes["policies"] = List(policies);
        return attributes;

        // A filter policy matches a list where it matches one of its elements.
        void Add(string name, IEnumerable<string?> values)
        {
            var named = Named(values);
            if (named.Count > 0)
                attributes[name] = named is [var only] ? Text(only) : List(named);
        }
    }

    private static List<string> Named(IEnumerable<string?> values) => [.. values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostNamed)];

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };

    private static MessageAttributeValue List(List<string> values) => new() { DataType = "String.Array", StringValue = new JsonArray([.. values.Select(v => JsonValue.Create(v))]).ToJsonString(Options) };
}
