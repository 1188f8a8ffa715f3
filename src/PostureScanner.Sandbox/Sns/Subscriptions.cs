using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sns;

internal static class Subscriptions
{
    private static readonly string[] Protocols = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"];

    public static JsonObject Subscribe(Call call, JsonObject input)
    {
        var topic = TopicCalls.Find(call, input);
        var protocol = input.Text("Protocol") is { } given && Protocols.Contains(given, StringComparer.Ordinal) ? given : throw TopicCalls.Invalid("Amazon SNS does not support this protocol string: " + input.Text("Protocol"));
        var endpoint = input.Text("Endpoint") is { Length: > 0 } there ? there : throw TopicCalls.Invalid("Endpoint");
        if (protocol == "sqs" && endpoint.Split(':') is not ["arn", _, "sqs", _, _, _])
            throw TopicCalls.Invalid("SQS endpoint ARN");
        var attributes = input.Objects("Attributes").ToImmutableSortedDictionary(entry => entry.Text("key") ?? "", entry => entry.Text("value") ?? "", StringComparer.Ordinal);
        Check(attributes);
        var known = call.World.Subscriptions.Values.FirstOrDefault(each => (each.TopicArn, each.Protocol, each.Endpoint) == (topic.Arn, protocol, endpoint));
        var subscription = known ?? new Subscription($"{topic.Arn}:{call.Estate.NewId(topic.Arn)}", topic.Arn, protocol, endpoint) { Attributes = attributes };
        call.World = call.World with { Subscriptions = call.World.Subscriptions.SetItem(subscription.Arn, subscription) };
        return new JsonObject { ["SubscriptionArn"] = subscription.IsConfirmed || Flag(input, "ReturnSubscriptionArn") ? subscription.Arn : "pending confirmation" };
    }

    public static JsonObject? Unsubscribe(Call call, JsonObject input)
    {
        call.World = call.World with { Subscriptions = call.World.Subscriptions.Remove(input.Text("SubscriptionArn") ?? "") };
        return null;
    }

    public static JsonObject? Set(Call call, JsonObject input)
    {
        var subscription = call.World.Subscriptions.GetValueOrDefault(input.Text("SubscriptionArn") ?? "") ?? throw new AwsError(404, "NotFound", "Subscription does not exist");
        var attributes = subscription.Attributes.SetItem(input.Text("AttributeName") ?? throw TopicCalls.Invalid("AttributeName"), input.Text("AttributeValue") ?? "");
        Check(attributes);
        call.World = call.World with { Subscriptions = call.World.Subscriptions.SetItem(subscription.Arn, subscription with { Attributes = attributes }) };
        return null;
    }

    public static JsonObject List(Call call, JsonObject input)
    {
        var topic = TopicCalls.Find(call, input);
        return new JsonObject
        {
            ["Subscriptions"] = call.World.Subscriptions.Values.Where(each => each.TopicArn == topic.Arn).Select(each => new JsonObject
            {
                ["SubscriptionArn"] = each.IsConfirmed ? each.Arn : "PendingConfirmation",
                ["Owner"] = topic.Account,
                ["Protocol"] = each.Protocol,
                ["Endpoint"] = each.Endpoint,
                ["TopicArn"] = each.TopicArn,
            }).ToJsonArray(),
        };
    }

    private static void Check(ImmutableSortedDictionary<string, string> attributes)
    {
        if (attributes.TryGetValue("FilterPolicy", out var policy) && FilterPolicy.ProblemOf(policy) is { } problem)
            throw TopicCalls.Invalid(problem);
        if (attributes.GetValueOrDefault("FilterPolicyScope", "MessageAttributes") != "MessageAttributes")
            throw new AwsError(501, "NotImplemented", "The sandbox filters by message attributes only.");
    }

    private static bool Flag(JsonObject input, string name) => string.Equals(input.Text(name), "true", StringComparison.OrdinalIgnoreCase);
}
