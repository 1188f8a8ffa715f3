using System.Text.Json;
using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox.Sns;

/// <summary>Which messages a subscription wants, by their attributes: texts, <c>prefix</c>, <c>anything-but</c> and <c>exists</c>.</summary>
internal static class FilterPolicy
{
    /// <summary>Null where it can be followed, else why not.</summary>
    public static string? ProblemOf(string policy)
    {
        try
        {
            return JsonNode.Parse(policy) is JsonObject json && json.All(rule => rule.Value is JsonArray { Count: > 0 } wanted && wanted.All(IsKnown))
                ? null
                : "FilterPolicy: the sandbox knows lists of texts, prefix, anything-but and exists";
        }
        catch (JsonException)
        {
            return "FilterPolicy: failed to parse JSON.";
        }
    }

    public static bool Lets(string? policy, Notification notification) =>
        policy is null || JsonNode.Parse(policy)!.AsObject().All(rule => rule.Value!.AsArray().Any(wanted => Fits(wanted, notification.Attributes.GetValueOrDefault(rule.Key))));

    private static bool IsKnown(JsonNode? wanted) =>
        wanted is JsonValue || (wanted is JsonObject { Count: 1 } matcher && matcher.Single().Key is "prefix" or "anything-but" or "exists");

    private static bool Fits(JsonNode? wanted, MessageAttributeValue? attribute)
    {
        if (wanted is JsonObject { Count: 1 } exists && exists["exists"] is { } there)
            return there.GetValue<bool>() == attribute is not null;
        return attribute is not null && Values(attribute).Any(value => wanted switch
        {
            JsonObject matcher when matcher["prefix"] is { } prefix => value.StartsWith(prefix.ToString(), StringComparison.Ordinal),
            JsonObject matcher => !(matcher["anything-but"] is JsonArray many ? many.Select(each => each!.ToString()) : [matcher["anything-but"]!.ToString()]).Contains(value, StringComparer.Ordinal),
            _ => wanted?.ToString() == value,
        });
    }

    /// <summary>A list fits when one of its elements does.</summary>
    private static IEnumerable<string> Values(MessageAttributeValue attribute) => attribute.DataType == "String.Array" && JsonNode.Parse(attribute.Value) is JsonArray list
        ? list.Select(each => each?.ToString() ?? "null")
        : [attribute.Value];
}
