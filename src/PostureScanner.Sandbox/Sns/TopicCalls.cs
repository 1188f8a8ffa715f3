using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sns;

internal static partial class TopicCalls
{
    private const int TopicsPerPage = 100;

    public static string NameIn(JsonObject input) => (input.Text("TopicArn") ?? input.Text("TargetArn") ?? "").Split(':')[^1];

    /// <summary>The same again for a name that is taken.</summary>
    public static JsonObject Create(Call call)
    {
        if (call.Name.EndsWith(".fifo", StringComparison.Ordinal))
            throw new AwsError(501, "NotImplemented", "The sandbox has no FIFO topics.");
        if (!Name().IsMatch(call.Name))
            throw Invalid("Topic Name");
        var topic = new Topic(call.Account, call.Region, call.Name);
        call.World = call.World.Put(topic);
        return new JsonObject { ["TopicArn"] = topic.Arn };
    }

    /// <summary>What is not there is deleted too.</summary>
    public static JsonObject? Delete(Call call, JsonObject input)
    {
        var arn = input.Text("TopicArn");
        call.World = call.World with
        {
            Topics = call.World.Topics.Remove(call.Account, call.Region, call.Name),
            Subscriptions = call.World.Subscriptions.RemoveRange(call.World.Subscriptions.Values.Where(each => each.TopicArn == arn).Select(each => each.Arn)),
        };
        return null;
    }

    public static JsonObject List(Call call, JsonObject input)
    {
        var from = int.TryParse(input.Text("NextToken") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var token) ? token : throw Invalid("NextToken");
        var rest = call.World.Topics.In(call.Account, call.Region).Values.Skip(from).Take(TopicsPerPage + 1).ToList();
        var page = new JsonObject { ["Topics"] = rest.Take(TopicsPerPage).Select(topic => new JsonObject { ["TopicArn"] = topic.Arn }).ToJsonArray() };
        if (rest.Count > TopicsPerPage)
            page["NextToken"] = (from + TopicsPerPage).ToString(CultureInfo.InvariantCulture);
        return page;
    }

    public static JsonObject Attributes(Call call, JsonObject input)
    {
        var topic = Find(call, input);
        var subscriptions = call.World.Subscriptions.Values.Where(each => each.TopicArn == topic.Arn).ToList();
        return Entries(new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["DisplayName"] = "",
            ["Owner"] = topic.Account,
            ["SubscriptionsConfirmed"] = subscriptions.Count(each => each.IsConfirmed).ToString(CultureInfo.InvariantCulture),
            ["SubscriptionsPending"] = subscriptions.Count(each => !each.IsConfirmed).ToString(CultureInfo.InvariantCulture),
            ["TopicArn"] = topic.Arn,
        });
    }

    public static Topic Find(Call call, JsonObject input)
    {
        var arn = input.Text("TopicArn") ?? input.Text("TargetArn");
        if (arn?.Split(':') is not ["arn", _, "sns", var region, var account, var name] || region != call.Region)
            throw Invalid("TopicArn");
        if (account != call.Account)
            throw new AwsError(403, "AuthorizationError", Denial.Sentence(call.Account, "SNS", call.Operation.Name, arn));
        return (call.Vanished ? null : call.World.Topics.Find(account, region, name)) ?? throw new AwsError(404, "NotFound", "Topic does not exist");
    }

    public static AwsError Invalid(string what) => new(400, "InvalidParameter", $"Invalid parameter: {what}");

    public static JsonObject Entries(IEnumerable<KeyValuePair<string, string>> attributes) => new()
    {
        ["Attributes"] = new JsonObject
        {
            ["entry"] = attributes.Select(attribute => new JsonObject { ["key"] = attribute.Key, ["value"] = attribute.Value }).ToJsonArray(),
        },
    };

    [GeneratedRegex("^[A-Za-z0-9_-]{1,256}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
