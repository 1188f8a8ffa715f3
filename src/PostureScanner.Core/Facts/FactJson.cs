using System.Text.Json;

namespace PostureScanner.Core.Facts;

/// <summary>A fact's value as JSON: durations ISO 8601, instants RFC 3339, the others as JSON has them.</summary>
internal static class FactJson
{
    public static void Write(Utf8JsonWriter json, FactValue value)
    {
        switch (value)
        {
            case FactValue.Flag flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case FactValue.Number number:
                json.WriteNumberValue(number.Value);
                break;
            case FactValue.List list:
                json.WriteStartArray();
                foreach (var element in list.Values)
                    json.WriteStringValue(element);
                json.WriteEndArray();
                break;
            case FactValue.Duration duration:
                json.WriteStringValue(Durations.ToIso(duration.Value));
                break;
            case FactValue.Instant instant:
                json.WriteStringValue(Instants.Format(instant.Value));
                break;
            case FactValue.Text text:
                json.WriteStringValue(text.Value);
                break;
        }
    }

    /// <exception cref="FormatException">The JSON is not of that type.</exception>
    public static FactValue Read(FactType type, JsonElement json) => type switch
    {
        FactType.Flag => FactValue.Of(json.GetBoolean()),
        FactType.Number => FactValue.Of(json.GetDecimal()),
        FactType.List => FactValue.Of(json.EnumerateArray().Select(e => e.GetString()!)),
        FactType.Duration => Durations.TryParse(json.GetString()!, out var duration) ? FactValue.Of(duration) : throw new FormatException($"'{json.GetString()}' is no duration"),
        FactType.Instant => Instants.TryParse(json.GetString()!, out var instant) ? FactValue.Of(instant) : throw new FormatException($"'{json.GetString()}' is no time"),
        _ => FactValue.Of(json.GetString()!),
    };
}
