using System.Text.Json;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>Writes <c>posture-report/v1</c>: a contract, mapped by hand, not a dump of internal types.</summary>
public static class JsonReport
{
    public static void Write(Report report, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("schema", "posture-report/v1");
        WriteScan(json, report);
        WriteSummary(json, report);
        WriteArray(json, "policies", report.Applied, WritePolicy);
        WriteArray(json, "findings", report.Findings, finding => WriteFinding(json, finding, report.Since(finding)));
        WriteArray(json, "drift", report.Drift, change => ChangeJson.Write(json, change));
        WriteArray(json, "notices", report.Notices, json.WriteStringValue);
        json.WriteEndObject();

        void WritePolicy((Policy Policy, int Applied) row)
        {
            json.WriteStartObject();
            json.WriteString("policy", row.Policy.Id);
            json.WriteString("mode", row.Policy.Mode.Word());
            json.WriteString("severity", row.Policy.Severity.Word());
            json.WriteNumber("applied", row.Applied);
            json.WriteEndObject();
        }
    }

    private static void WriteScan(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("scan");
        json.WriteString("id", report.ScanId);
        json.WriteString("startedAt", Instants.Format(report.StartedAt));
        json.WriteString("finishedAt", Instants.Format(report.FinishedAt));
        json.WriteStartObject("tool");
        json.WriteString("name", "PostureScanner");
        json.WriteString("version", report.ToolVersion);
        json.WriteEndObject();
        json.WriteString("policyDigest", report.PolicyDigest);
        json.WriteBoolean("complete", report.Complete);
        WriteArray(json, "outOfScope", report.OutOfScope, o =>
        {
            json.WriteStartObject();
            ChangeJson.WriteTarget(json, o.Target);
            json.WriteString("kind", o.Kind);
            json.WriteNumber("count", o.Count);
            json.WriteEndObject();
        });
        WriteArray(json, "targets", report.Listings, l =>
        {
            json.WriteStartObject();
            ChangeJson.WriteTarget(json, l.Target);
            json.WriteString("kind", l.Kind);
            json.WriteNumber("listed", l.Listed);
            json.WriteBoolean("complete", l.Complete);
            json.WriteString("problem", l.Problem);
            json.WriteEndObject();
        });
        json.WriteStartObject("apiCalls");
        foreach (var (operation, count) in report.ApiCalls)
            json.WriteNumber(operation, count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("resources", report.Resources);
        json.WriteNumber("policies", report.Applied.Length);
        WriteTally(json, report.Alert);
        json.WriteStartObject("reportMode");
        WriteTally(json, report.ReportMode);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTally(Utf8JsonWriter json, Tally tally)
    {
        json.WriteNumber("pass", tally.Pass);
        json.WriteNumber("fail", tally.Fail);
        json.WriteNumber("unknown", tally.Unknown);
        json.WriteNumber("notApplicable", tally.NotApplicable);
        json.WriteNumber("waived", tally.Waived);
        json.WriteStartObject("failBySeverity");
        foreach (var severity in Enum.GetValues<Severity>())
            json.WriteNumber(severity.Word(), tally.FailBySeverity[(int)severity]);
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, DateTimeOffset since)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteString("policy", finding.Policy.Id);
        json.WriteString("title", finding.Policy.Title);
        json.WriteString("severity", finding.Policy.Severity.Word());
        json.WriteString("mode", finding.Policy.Mode.Word());
        json.WriteString("verdict", finding.Verdict.Word());
        json.WriteString("message", finding.Message);
        json.WriteString("since", Instants.Format(since));
        json.WriteString("fix", finding.Fix);
        WriteArray(json, "controls", finding.Policy.Controls, json.WriteStringValue);
        ChangeJson.WriteResource(json, finding.Resource);
        WriteArray(json, "facts", finding.Policy.Facts.Zip(finding.Readings), pair => WriteReading(json, pair.First, pair.Second));
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

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }
}
