using System.Text.Json.Nodes;
using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sns;

/// <summary>SNS, query protocol: standard topics, and queues that subscribe to them.</summary>
internal sealed class SnsService() : QueryService("sns", Ns, Rows)
{
    private static readonly XNamespace Ns = "http://sns.amazonaws.com/doc/2010-03-31/";

    private static IEnumerable<Operation> Rows =>
    [
        Row("CreateTopic", input => input.Text("Name") ?? "", (call, _) => TopicCalls.Create(call)),
        Row("DeleteTopic", TopicCalls.NameIn, TopicCalls.Delete),
        Row("ListTopics", _ => "", TopicCalls.List),
        Row("GetTopicAttributes", TopicCalls.NameIn, TopicCalls.Attributes),
        Row("Publish", TopicCalls.NameIn, Publishing.One),
        Row("PublishBatch", TopicCalls.NameIn, Publishing.Batch) with { Action = "Publish" },
        Row("Subscribe", TopicCalls.NameIn, Subscriptions.Subscribe),
        Row("Unsubscribe", _ => "", Subscriptions.Unsubscribe),
        Row("SetSubscriptionAttributes", _ => "", Subscriptions.Set),
        Row("ListSubscriptionsByTopic", TopicCalls.NameIn, Subscriptions.List),
    ];

    public override AwsError Denied(Request request, Estate estate, string account, string operation, string subject) =>
        new(403, "AuthorizationError", Denial.Sentence(account, "SNS", operation, subject));

    private static Operation Row(string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run) => Row(Ns, name, subject, run);
}
