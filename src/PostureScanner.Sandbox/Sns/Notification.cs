using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Sns;

namespace PostureScanner.Sandbox;

/// <summary>A message that was published to a topic.</summary>
public sealed record Notification(string MessageId, string TopicArn, DateTimeOffset Timestamp, string Message)
{
    public string? Subject { get; init; }

    /// <summary>Published with MessageStructure=json: <see cref="Message"/> holds a text for each protocol.</summary>
    public bool IsStructured { get; init; }

    public IReadOnlyDictionary<string, MessageAttributeValue> Attributes { get; init; } = ImmutableSortedDictionary<string, MessageAttributeValue>.Empty;

    /// <summary>The text meant for a protocol: <c>email</c>, <c>https</c>, <c>lambda</c>, <c>sqs</c>, ...</summary>
    public string Text(string protocol)
    {
        if (!IsStructured || JsonNode.Parse(Message) is not JsonObject texts)
            return Message;
        return (texts[protocol] as JsonValue)?.TryGetValue<string>(out var text) == true ? text : texts["default"]!.GetValue<string>();
    }

    /// <summary>What arrives over a protocol: for email and sms the text, for lambda an event, for the others the JSON envelope around the text.</summary>
    public string Body(string protocol) => protocol switch
    {
        "email" or "sms" => Text(protocol),
        "lambda" => Envelope.LambdaEvent(this),
        _ => Envelope.Of(this, protocol),
    };
}
