using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sns;

internal static partial class Publishing
{
    private const int MostBytes = 256 * 1024;
    private const int MostEntries = 10;

    public static JsonObject One(Call call, JsonObject input)
    {
        if (input.Text("PhoneNumber") is not null)
            throw new AwsError(501, "NotImplemented", "The sandbox sends no text messages.");
        var message = new MessageReader(call, TopicCalls.Find(call, input), input);
        if (message.Bytes > MostBytes)
            throw TopicCalls.Invalid("Message too long");
        return new JsonObject { ["MessageId"] = Send(call, message.Read()).MessageId };
    }

    /// <summary>Each entry on its own; the call is refused only for what makes it no batch.</summary>
    public static JsonObject Batch(Call call, JsonObject input)
    {
        var topic = TopicCalls.Find(call, input);
        var entries = input.Objects("PublishBatchRequestEntries").Select(entry => (Id: entry.Text("Id") ?? "", Message: new MessageReader(call, topic, entry))).ToList();
        Check(entries.ConvertAll(entry => entry.Id));
        if (entries.Sum(entry => entry.Message.Bytes) > MostBytes)
            throw new AwsError(400, "BatchRequestTooLong", "The length of all the messages put together is more than the limit.");
        var answer = new JsonObject { ["Successful"] = new JsonArray(), ["Failed"] = new JsonArray() };
        foreach (var (id, message) in entries)
        {
            try
            {
                answer["Successful"]!.AsArray().Add(new JsonObject { ["Id"] = id, ["MessageId"] = Send(call, message.Read()).MessageId });
            }
            catch (AwsError error)
            {
                answer["Failed"]!.AsArray().Add(new JsonObject { ["Id"] = id, ["Code"] = error.Code, ["Message"] = error.Message, ["SenderFault"] = true });
            }
        }

        return answer;
    }

    private static void Check(List<string> ids)
    {
        if (ids.Count == 0)
            throw new AwsError(400, "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        if (ids.Count > MostEntries)
            throw new AwsError(400, "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        if (!ids.TrueForAll(id => Id().IsMatch(id)))
            throw new AwsError(400, "InvalidBatchEntryId", "The Id of a batch entry in a batch request doesn't abide by the specification.");
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
            throw new AwsError(400, "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
    }

    private static Notification Send(Call call, Notification notification)
    {
        call.World = call.World with { Notifications = call.World.Notifications.Add(notification) };
        foreach (var subscription in call.World.Subscriptions.Values.Where(each => each.TopicArn == notification.TopicArn && each.Protocol == "sqs"))
            Deliver(call, notification, subscription);
        return notification;
    }

    /// <summary>A queue that is not there gets nothing, and nobody is told.</summary>
    private static void Deliver(Call call, Notification notification, Subscription subscription)
    {
        if (subscription.Endpoint.Split(':') is not [.., var region, var account, var name]
            || call.World.Queues.Find(account, region, name) is not { } queue
            || !FilterPolicy.Lets(subscription.Attributes.GetValueOrDefault("FilterPolicy"), notification))
        {
            return;
        }

        var message = new QueueMessage(call.Estate.NewId(queue.Arn), subscription.IsRaw ? notification.Text("sqs") : notification.Body("sqs"), call.Now);
        call.World = call.World.Put(queue with { Messages = queue.Messages.Add(subscription.IsRaw ? message with { Attributes = notification.Attributes } : message) });
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
