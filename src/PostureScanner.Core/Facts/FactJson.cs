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
        FactType.Duration => FactValue.Of(ReadDuration(json.GetString()!)),
        FactType.Instant => Instants.TryParse(json.GetString()!, out var instant) ? FactValue.Of(instant) : throw new FormatException($"'{json.GetString()}' is no time"),
        _ => FactValue.Of(json.GetString()!),
    };

    // What is overdue is less than nothing; policies cannot write that, but it is read.
    private static TimeSpan ReadDuration(string text) => Durations.TryParse(text.TrimStart('-'), out var duration)
        ? (text.StartsWith('-') ? duration.Negate() : duration)
        : throw new FormatException($"'{text}' is no duration");
}
