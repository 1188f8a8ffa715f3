using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sns;

/// <summary>One message of a Publish or PublishBatch, and what SNS refuses in it.</summary>
internal sealed class MessageReader(Call call, Topic topic, JsonObject input)
{
    /// <summary>AWS documents "less than 100 characters".</summary>
    private const int LongestSubject = 99;

    private readonly ImmutableSortedDictionary<string, JsonObject> attributes = input.Objects("MessageAttributes")
        .DistinctBy(entry => entry.Text("Name"), StringComparer.Ordinal)
        .ToImmutableSortedDictionary(entry => entry.Text("Name") ?? "", entry => entry["Value"] as JsonObject ?? [], StringComparer.Ordinal);

    /// <summary>Of the message and its attributes: their names, types and values.</summary>
    public long Bytes => Size(input.Text("Message")) + attributes.Sum(attribute =>
        Size(attribute.Key) + Size(attribute.Value.Text("DataType")) + Size(attribute.Value.Text("StringValue")) + Size(attribute.Value.Text("BinaryValue")));

    public Notification Read()
    {
        var message = input.Text("Message") is { Length: > 0 } text ? text : throw TopicCalls.Invalid("Empty message");
        var structure = input.Text("MessageStructure");
        if (structure is not (null or "" or "json"))
            throw TopicCalls.Invalid("MessageStructure");
        if (structure == "json")
            CheckStructure(message);
        return new Notification(call.Estate.NewId(topic.Arn), topic.Arn, call.Now, message)
        {
            Subject = Subject(),
            IsStructured = structure == "json",
            Attributes = attributes.ToImmutableSortedDictionary(attribute => attribute.Key, attribute => Attribute(attribute.Key, attribute.Value), StringComparer.Ordinal),
        };
    }

    private string? Subject()
    {
        var subject = input.Text("Subject");
        return subject is null || (subject.Length is > 0 and <= LongestSubject && !subject.Any(char.IsControl)) ? subject : throw TopicCalls.Invalid("Subject");
    }

    private static void CheckStructure(string message)
    {
        try
        {
            if (JsonNode.Parse(message) is not JsonObject texts)
                throw TopicCalls.Invalid("Message Structure - JSON message body failed to parse");
            if (texts.Text("default") is null)
                throw TopicCalls.Invalid("Message Structure - No default entry in JSON message body");
        }
        catch (JsonException)
        {
            throw TopicCalls.Invalid("Message Structure - JSON message body failed to parse");
        }
    }

    private static MessageAttributeValue Attribute(string name, JsonObject value)
    {
        var type = value.Text("DataType") is { Length: > 0 } given ? given : throw Refused($"The message attribute '{name}' must contain non-empty message attribute type.");
        if (type.Split('.')[0] is not ("String" or "Number" or "Binary"))
            throw Refused($"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        var text = value.Text(type.StartsWith("Binary", StringComparison.Ordinal) ? "BinaryValue" : "StringValue");
        if (string.IsNullOrEmpty(text))
            throw Refused($"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{type}'.");
        if (type.StartsWith("Number", StringComparison.Ordinal) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw Refused($"Could not cast message attribute '{name}' value to number.");
        return new MessageAttributeValue(type, text);
    }

    private static AwsError Refused(string message) => new(400, "ParameterValueInvalid", message);

    private static int Size(string? text) => Encoding.UTF8.GetByteCount(text ?? "");
}
