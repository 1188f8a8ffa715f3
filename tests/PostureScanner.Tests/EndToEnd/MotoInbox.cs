using System.Text.Json.Nodes;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>A topic in moto, and a queue that hears it: what a subscriber gets.</summary>
internal sealed class MotoInbox
{
    private const string Account = "123456789012";
    private readonly MotoServer _moto;
    private readonly string _queue;

    private MotoInbox(MotoServer moto, string name, string queue)
    {
        _moto = moto;
        _queue = queue;
        TopicArn = $"arn:aws:sns:us-east-1:{Account}:{name}";
    }

    public string TopicArn { get; }

    public static async Task<MotoInbox> OpenAsync(MotoServer moto, string name)
    {
        await moto.AwsAsync("sns", "create-topic", "--name", name);
        var queue = JsonNode.Parse(await moto.AwsAsync("sqs", "create-queue", "--queue-name", name))!["QueueUrl"]!.GetValue<string>();
        var inbox = new MotoInbox(moto, name, queue);
        await moto.AwsAsync("sns", "subscribe", "--topic-arn", inbox.TopicArn, "--protocol", "sqs", "--notification-endpoint", $"arn:aws:sqs:us-east-1:{Account}:{name}");
        return inbox;
    }

    /// <summary>The alerts that came since it was last read.</summary>
    public async Task<List<JsonNode>> ReadAsync()
    {
        var alerts = new List<JsonNode>();
        while (JsonNode.Parse(await _moto.AwsAsync("sqs", "receive-message", "--queue-url", _queue, "--max-number-of-messages", "10") is { Length: > 0 } text ? text : "{}")?["Messages"] is JsonArray messages)
        {
            foreach (var message in messages)
            {
                alerts.Add(JsonNode.Parse(JsonNode.Parse(message!["Body"]!.GetValue<string>())!["Message"]!.GetValue<string>())!);
                await _moto.AwsAsync("sqs", "delete-message", "--queue-url", _queue, "--receipt-handle", message["ReceiptHandle"]!.GetValue<string>());
            }
        }

        return alerts;
    }
}
