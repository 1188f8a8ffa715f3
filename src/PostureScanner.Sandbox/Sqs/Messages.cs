using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sqs;

internal static class Messages
{
    private const int DefaultVisibility = 30;
    private const int MostMessages = 10;

    /// <summary>Never waits: a long poll that finds nothing is answered at once.</summary>
    public static JsonObject? Receive(Call call, JsonObject input)
    {
        var queue = QueueCalls.Find(call);
        var most = input.Number("MaxNumberOfMessages") ?? 1;
        if (most is < 1 or > MostMessages)
            throw new AwsError(400, "InvalidParameterValue", $"Value {most.ToString(CultureInfo.InvariantCulture)} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        var seconds = input.Number("VisibilityTimeout") ?? (int)(JsonValue.Create(queue.Attributes.GetValueOrDefault("VisibilityTimeout")).Real() ?? DefaultVisibility);
        var taken = queue.Messages.Where(message => message.VisibleAt <= call.Now).Take(most)
            .Select(message => (Before: message, After: message with { Received = message.Received + 1, VisibleAt = call.Now.AddSeconds(seconds) }))
            .ToList();
        call.World = call.World.Put(queue with { Messages = taken.Aggregate(queue.Messages, (messages, each) => messages.Replace(each.Before, each.After)) });
        return taken.Count == 0 ? [] : new JsonObject { ["Messages"] = taken.Select(each => Message(each.After, input)).ToJsonArray() };
    }

    public static JsonObject? Delete(Call call, JsonObject input)
    {
        var queue = QueueCalls.Find(call);
        var handle = input.Text("ReceiptHandle") ?? "";
        if (!handle.Contains('#', StringComparison.Ordinal))
            throw new AwsError(400, "ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
        call.World = call.World.Put(queue with { Messages = queue.Messages.RemoveAll(message => message.Handle == handle) });
        return null;
    }

    private static JsonObject Message(QueueMessage message, JsonObject input)
    {
        var json = new JsonObject
        {
            ["MessageId"] = message.Id,
            ["ReceiptHandle"] = message.Handle,
            ["MD5OfBody"] = Md5.HexOf(Encoding.UTF8.GetBytes(message.Body)),
            ["Body"] = message.Body,
        };
        var system = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ApproximateReceiveCount"] = message.Received.ToString(CultureInfo.InvariantCulture),
            ["SentTimestamp"] = message.Sent.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        };
        Add(json, "Attributes", [.. input.Texts("AttributeNames"), .. input.Texts("MessageSystemAttributeNames")], system, value => value);
        Add(json, "MessageAttributes", input.Texts("MessageAttributeNames"), message.Attributes, attribute => new JsonObject
        {
            ["DataType"] = attribute.DataType,
            [attribute.DataType.StartsWith("Binary", StringComparison.Ordinal) ? "BinaryValue" : "StringValue"] = attribute.Value,
        });
        return json;
    }

    private static void Add<T>(JsonObject json, string member, IReadOnlyList<string> wanted, IReadOnlyDictionary<string, T> all, Func<T, JsonNode?> write)
    {
        var chosen = all.Where(each => wanted.Contains("All", StringComparer.Ordinal) || wanted.Contains(each.Key, StringComparer.Ordinal)).ToList();
        if (chosen.Count > 0)
            json[member] = new JsonObject(chosen.Select(each => KeyValuePair.Create(each.Key, write(each.Value))));
    }
}
