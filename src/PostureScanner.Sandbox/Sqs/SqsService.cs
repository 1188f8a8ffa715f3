using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sqs;

/// <summary>SQS, JSON 1.0: enough to read what a topic sent to a queue.</summary>
internal sealed class SqsService() : JsonService("sqs", "AmazonSQS", Version, "com.amazonaws.sqs", Rows)
{
    private const string Version = "1.0";

    private static IEnumerable<Operation> Rows =>
    [
        Row("CreateQueue", input => input.Text("QueueName") ?? "", QueueCalls.Create),
        Row("GetQueueUrl", input => input.Text("QueueName") ?? "", (call, _) => QueueCalls.Url(call)),
        Row("GetQueueAttributes", QueueCalls.NameIn, QueueCalls.Attributes),
        Row("ReceiveMessage", QueueCalls.NameIn, Messages.Receive),
        Row("DeleteMessage", QueueCalls.NameIn, Messages.Delete),
    ];

    /// <summary>Clients of the query protocol of old know other codes.</summary>
    public override Answer Error(Request request, AwsError error) => base.Error(request, error)
        .With("x-amzn-query-error", $"{(error.Code == QueueCalls.NotFound ? "AWS.SimpleQueueService.NonExistentQueue" : error.Code)};{(error.Status < 500 ? "Sender" : "Receiver")}");

    private static Operation Row(string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run) => Row(name, subject, run, Version);
}
