using System.Globalization;
using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox.Wire;

internal static class JsonReading
{
    public static string? Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static int? Number(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>A number, or the text of one, as the query protocol has it; not-a-number too. Null where there is neither.</summary>
    public static double? Real(this JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue<double>(out var number) ? number
        : value.TryGetValue<string>(out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) ? number
        : null;

    /// <summary>Seconds since 1970, or ISO 8601.</summary>
    public static DateTimeOffset? Time(this JsonObject json, string name) => json[name].Real() is { } seconds
        ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
        : DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static IReadOnlyList<string> Texts(this JsonObject json, string name) =>
        [.. (json[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())];

    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) => (json[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The JSON protocols write times as seconds, with thousandths.</summary>
    public static JsonNode Epoch(this DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000m);

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes) => [.. nodes];

    public static JsonNode? Copy(this JsonNode? node) => node?.DeepClone();
}
