using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sqs;

internal static partial class QueueCalls
{
    public const string NotFound = "QueueDoesNotExist";

    public static string NameIn(JsonObject input) => (input.Text("QueueUrl") ?? "").Split('/')[^1];

    /// <summary>The same again for a name that is taken; AWS minds other attributes, the sandbox does not.</summary>
    public static JsonObject Create(Call call, JsonObject input)
    {
        if (!Name().IsMatch(call.Name))
            throw new AwsError(400, "InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        var queue = call.World.Queues.Find(call.Account, call.Region, call.Name) ?? new Queue(call.Account, call.Region, call.Name, call.Now)
        {
            Attributes = (input["Attributes"] as JsonObject ?? []).ToImmutableSortedDictionary(attribute => attribute.Key, attribute => attribute.Value!.ToString(), StringComparer.Ordinal),
        };
        call.World = call.World.Put(queue);
        return UrlOf(call, queue);
    }

    public static JsonObject Url(Call call) => UrlOf(call, Find(call));

    public static JsonObject Attributes(Call call, JsonObject input)
    {
        var queue = Find(call);
        var (hidden, visible) = (queue.Messages.Count(message => message.VisibleAt > call.Now), queue.Messages.Count(message => message.VisibleAt <= call.Now));
        var all = queue.Attributes.SetItems(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ApproximateNumberOfMessages"] = visible.ToString(CultureInfo.InvariantCulture),
            ["ApproximateNumberOfMessagesNotVisible"] = hidden.ToString(CultureInfo.InvariantCulture),
            ["CreatedTimestamp"] = queue.Created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["QueueArn"] = queue.Arn,
        });
        var wanted = input.Texts("AttributeNames");
        return new JsonObject
        {
            ["Attributes"] = new JsonObject(all
                .Where(attribute => wanted.Contains("All", StringComparer.Ordinal) || wanted.Contains(attribute.Key, StringComparer.Ordinal))
                .Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Key, attribute.Value))),
        };
    }

    public static Queue Find(Call call) => (call.Vanished ? null : call.World.Queues.Find(call.Account, call.Region, call.Name))
        ?? throw new AwsError(400, NotFound, "The specified queue does not exist.");

    /// <summary>Here, wherever here is: whoever follows it comes back.</summary>
    private static JsonObject UrlOf(Call call, Queue queue) => new() { ["QueueUrl"] = $"http://{call.Request.Header("Host")}/{queue.Account}/{queue.Name}" };

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
