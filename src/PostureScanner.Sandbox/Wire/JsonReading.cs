using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox.Wire;

static class JsonReading
{
    public static string? Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static int? Number(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) => (json[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The JSON protocols write times as seconds, with thousandths.</summary>
    public static JsonNode Epoch(this DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000m);

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes) => [.. nodes];

    public static JsonNode? Copy(this JsonNode? node) => node?.DeepClone();
}
