using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox.Sns;

/// <summary>The JSON that SNS wraps around a text. Its signature is no signature.</summary>
internal static class Envelope
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static string Of(Notification notification, string protocol)
    {
        var json = Common(notification, protocol);
        json["SigningCertURL"] = "https://sns.amazonaws.com/SimpleNotificationService-sandbox.pem";
        json["UnsubscribeURL"] = $"https://sns.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={notification.TopicArn}:sandbox";
        if (notification.Attributes.Count > 0)
            json["MessageAttributes"] = Attributes(notification);
        return json.ToJsonString(Written);
    }

    public static string LambdaEvent(Notification notification)
    {
        var json = Common(notification, "lambda");
        json["Subject"] ??= null;
        json["SigningCertUrl"] = "https://sns.amazonaws.com/SimpleNotificationService-sandbox.pem";
        json["UnsubscribeUrl"] = $"https://sns.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={notification.TopicArn}:sandbox";
        json["MessageAttributes"] = Attributes(notification);
        var record = new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["EventSubscriptionArn"] = $"{notification.TopicArn}:sandbox",
            ["Sns"] = json,
        };
        return new JsonObject { ["Records"] = new JsonArray(record) }.ToJsonString(Written);
    }

    private static JsonObject Common(Notification notification, string protocol)
    {
        var json = new JsonObject
        {
            ["Type"] = "Notification",
            ["MessageId"] = notification.MessageId,
            ["TopicArn"] = notification.TopicArn,
        };
        if (notification.Subject is { } subject)
            json["Subject"] = subject;
        json["Message"] = notification.Text(protocol);
        json["Timestamp"] = notification.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json["SignatureVersion"] = "1";
        json["Signature"] = "c2FuZGJveA==";
        return json;
    }

    private static JsonObject Attributes(Notification notification) => new(notification.Attributes.Select(attribute => KeyValuePair.Create<string, JsonNode?>(
        attribute.Key, new JsonObject { ["Type"] = attribute.Value.DataType, ["Value"] = attribute.Value.Value })));
}
