using System.Text.Json;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evidence;

/// <summary>One finding as JSON: the same in reports and in evidence.</summary>
internal static class FindingJson
{
    /// <param name="since">Since when the verdict has been this one; null where that is not known, for it does not follow from the facts.</param>
    public static void Write(Utf8JsonWriter json, Finding finding, DateTimeOffset? since)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteString("policy", finding.Policy.Id);
        json.WriteString("title", finding.Policy.Title);
        json.WriteString("severity", finding.Policy.Severity.Word());
        json.WriteString("mode", finding.Policy.Mode.Word());
        json.WriteString("verdict", finding.Verdict.Word());
        json.WriteString("message", finding.Message);
        if (since is { } at)
            json.WriteString("since", Instants.Format(at));
        json.WriteString("fix", finding.Fix);
        json.WriteStartArray("controls");
        foreach (var control in finding.Policy.Controls)
            json.WriteStringValue(control);
        json.WriteEndArray();
        ResourceJson.Write(json, finding.Resource);
        json.WriteStartArray("facts");
        foreach (var (fact, reading) in finding.Policy.Facts.Zip(finding.Readings))
            WriteReading(json, fact, reading);
        json.WriteEndArray();
        if (finding.Waiver is { } waiver)
            WriteWaiver(json, waiver);
        json.WriteEndObject();

        // The writer buffers everything until it is flushed; a large estate must not stand in memory twice.
        if (json.BytesPending > 64 * 1024)
            json.Flush();
    }

    private static void WriteWaiver(Utf8JsonWriter json, Waiver waiver)
    {
        json.WriteStartObject("waiver");
        json.WriteString("owner", waiver.Owner);
        json.WriteString("because", waiver.Because);
        json.WriteString("expires", Instants.Format(waiver.Expires));
        json.WriteString("ticket", waiver.Ticket);
        json.WriteEndObject();
    }

    private static void WriteReading(Utf8JsonWriter json, Fact fact, Reading<FactValue> reading)
    {
        json.WriteStartObject();
        json.WriteString("fact", fact.Name);
        json.WriteString("state", reading.State switch
        {
            ReadingState.Known => "known",
            ReadingState.Absent => "absent",
            _ => "unknown",
        });
        json.WritePropertyName("value");
        if (reading.IsKnown(out var value))
            FactJson.Write(json, value);
        else
            json.WriteNullValue();
        json.WriteString("source", reading.Origin?.Call ?? fact.Calls[0].Operation);
        json.WriteString("observedAt", reading.Origin is { } origin ? Instants.Format(origin.ObservedAt) : null);
        if (reading.NotRead is { } notRead)
        {
            json.WriteString("code", notRead.Code);
            json.WriteString("reason", notRead.Reason);
        }

        if (reading.Origin?.Note is { } note)
            json.WriteString("note", note);
        json.WriteEndObject();
    }
}
