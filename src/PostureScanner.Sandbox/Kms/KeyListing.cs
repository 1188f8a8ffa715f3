using System.Globalization;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Kms;

internal static class KeyListing
{
    private const int DefaultKeys = 100;
    private const int DefaultAliases = 50;
    private const int DefaultTags = 50;

    public static JsonObject Keys(Call call, JsonObject input) => Page(
        input, "Keys", DefaultKeys, call.World.Keys.In(call.Account, call.Region).Values
            .Select(key => new JsonObject { ["KeyId"] = key.Id, ["KeyArn"] = key.Arn }));

    public static JsonObject Aliases(Call call, JsonObject input) => Page(
        input, "Aliases", DefaultAliases, call.World.Keys.In(call.Account, call.Region).Values
            .Where(key => input.Text("KeyId") is null || key.Id == Kms.Keys.IdIn(input))
            .SelectMany(key => key.Aliases.Select(alias => new JsonObject
            {
                ["AliasName"] = alias,
                ["AliasArn"] = $"arn:aws:kms:{key.Region}:{key.Account}:{alias}",
                ["TargetKeyId"] = key.Id,
                ["CreationDate"] = key.Created.Epoch(),
                ["LastUpdatedDate"] = key.Created.Epoch(),
            }))
            .OrderBy(alias => alias.Text("AliasName"), StringComparer.Ordinal));

    public static JsonObject Tags(Call call, JsonObject input) => Page(
        input, "Tags", DefaultTags, Kms.Keys.Find(call, input).Tags.Select(tag => new JsonObject { ["TagKey"] = tag.Key, ["TagValue"] = tag.Value }));

    private static JsonObject Page(JsonObject input, string member, int size, IEnumerable<JsonObject> all)
    {
        size = input.Number("Limit") ?? size;
        var from = int.TryParse(input.Text("Marker") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var marker)
            ? marker
            : throw new AwsError(400, "InvalidMarkerException", "Could not deserialize marker");
        var rest = all.Skip(from).Take(size + 1).ToList();
        var page = new JsonObject { [member] = rest.Take(size).ToJsonArray(), ["Truncated"] = rest.Count > size };
        if (rest.Count > size)
            page["NextMarker"] = (from + size).ToString(CultureInfo.InvariantCulture);
        return page;
    }
}
