using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace PostureScanner.Sandbox.Wire;

/// <summary>An answer as the query protocol writes it. A list is an element with a <c>member</c> for each item; an <c>entry</c> of a map repeats itself.</summary>
internal static class TreeXml
{
    public static IEnumerable<XElement> Of(XNamespace xmlns, JsonObject json) => json.SelectMany(member => Element(xmlns, member.Key, member.Value));

    private static IEnumerable<XElement> Element(XNamespace xmlns, string name, JsonNode? value) => value switch
    {
        null => [],
        JsonArray entries when name == "entry" => entries.SelectMany(entry => Element(xmlns, name, entry)),
        JsonArray list => [new XElement(xmlns + name, list.SelectMany(item => Element(xmlns, "member", item)))],
        JsonObject json => [new XElement(xmlns + name, Of(xmlns, json))],
        _ => [new XElement(xmlns + name, TextOf((JsonValue)value))],
    };

    private static string TextOf(JsonValue value) =>
        value.TryGetValue<string>(out var text) ? text
        : value.TryGetValue<DateTimeOffset>(out var time) ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : value.ToJsonString();
}
