using System.Text.Json;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Evidence;

/// <summary>
/// A sheet as lines of JSON: one for the resource, then one for each fact, with the reading, the call it came from, when it was answered and by
/// which request. Read back, it is judged exactly as before.
/// </summary>
internal static class FactLines
{
    private static readonly (FactType Type, string Word)[] Types = [.. Enum.GetValues<FactType>().Select(t => (t, t.ToString().ToLowerInvariant()))];

    public static void Write(Sheet sheet, Stream output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        ResourceJson.Write(json, sheet.Resource);
        json.WriteStartArray("members");
        foreach (var member in sheet.Members)
            json.WriteStringValue(member);
        json.WriteEndArray();
        json.WriteEndObject();
        EndLine(json, output);
        // What was never asked leaves no line: it is unknown again when it is read back.
        foreach (var (fact, reading) in sheet.Readings.Where(r => r.Reading.Origin is not null))
        {
            json.WriteStartObject();
            json.WriteString("arn", sheet.Resource.Arn);
            WriteReading(json, fact, reading, reading.Origin!);
            json.WriteEndObject();
            EndLine(json, output);
        }
    }

    /// <summary>The sheet whose lines these are.</summary>
    /// <param name="table">The table of a kind; null where there is none of that name.</param>
    /// <exception cref="FormatException">They are not what <see cref="Write"/> writes.</exception>
    public static Sheet Read(IReadOnlyList<string> lines, Func<string, FactTable?> table)
    {
        using var first = JsonDocument.Parse(lines[0]);
        var resource = ResourceJson.Read(first.RootElement.GetProperty("resource"));
        var rows = table(resource.Kind) ?? throw new FormatException($"'{resource.Kind}' is no kind of resource that this version knows");
        var readings = lines.Skip(1).Select(line => ReadReading(line, rows)).ToDictionary(r => r.Fact.Name, StringComparer.Ordinal);
        var selection = new FactSelection(rows, readings.Values.Select(r => r.Fact));
        return new Sheet(
            resource, selection, [.. selection.Facts.Select(f => readings[f.Name].Reading)], [.. first.RootElement.GetProperty("members").EnumerateArray().Select(m => m.GetString()!)]);
    }

    /// <summary>The first line of a resource, which its facts' lines follow.</summary>
    public static bool Begins(string line) => line.StartsWith("{\"resource\":", StringComparison.Ordinal);

    private static void WriteReading(Utf8JsonWriter json, Fact fact, Reading<FactValue> reading, Origin origin)
    {
        json.WriteString("fact", fact.Name);
        json.WriteString("type", Array.Find(Types, t => t.Type == fact.Type).Word);
        json.WriteString("state", reading.State.ToString().ToLowerInvariant());
        json.WritePropertyName("value");
        if (reading.IsKnown(out var value))
            FactJson.Write(json, value);
        else
            json.WriteNullValue();
        json.WriteString("call", origin.Call);
        json.WriteString("observedAt", Instants.Format(origin.ObservedAt));
        json.WriteString("requestId", origin.RequestId);
        if (origin.Note is { } note)
            json.WriteString("note", note);
        if (reading.NotRead is { } notRead)
        {
            json.WriteString("code", notRead.Code);
            json.WriteString("reason", notRead.Reason);
        }
    }

    private static (Fact Fact, Reading<FactValue> Reading) ReadReading(string line, FactTable table)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        var name = Text(json, "fact");
        var fact = table.Find(name) ?? throw new FormatException($"'{name}' is no fact of {table.Kind} that this version knows");
        var word = Text(json, "type");
        var origin = new Origin(Text(json, "call"), Instant(Text(json, "observedAt")), json.GetProperty("requestId").GetString(), Optional(json, "note"));
        var reading = Text(json, "state") switch
        {
            "known" => Reading<FactValue>.Known(FactJson.Read(TypeOf(word), json.GetProperty("value")), origin),
            "absent" => Reading<FactValue>.Absent(origin),
            "unknown" => Reading<FactValue>.Unknown(new NotRead(origin.Call, Text(json, "code"), Text(json, "reason")), origin.ObservedAt).Noting(origin.Note),
            var other => throw new FormatException($"'{other}' is no state of a reading"),
        };
        return (fact, reading);
    }

    private static FactType TypeOf(string word) => Array.Find(Types, t => t.Word == word) is { Word: not null } found ? found.Type : throw new FormatException($"'{word}' is no type of a fact");

    private static void EndLine(Utf8JsonWriter json, Stream output)
    {
        json.Flush();
        output.WriteByte((byte)'\n');
        json.Reset();
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateTimeOffset Instant(string text) => Instants.TryParse(text, out var instant) ? instant : throw new FormatException($"'{text}' is no time");
}
