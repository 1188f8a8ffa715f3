using System.Text.Json;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>Writes <c>posture-report/v1</c>: a contract, mapped by hand, not a dump of internal types.</summary>
public static class JsonReport
{
    /// <param name="withPassing">Whether findings that pass, or do not apply, are written, too, and not only counted.</param>
    public static void Write(Report report, Stream stream, bool withPassing = true)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("schema", "posture-report/v1");
        WriteScan(json, report);
        WriteSummary(json, report);
        WriteArray(json, "policies", report.Applied, WritePolicy);
        WriteArray(json, "findings", report.Findings.Where(f => withPassing || f.Verdict is Verdict.Fail or Verdict.Unknown or Verdict.Waived), finding => FindingJson.Write(json, finding, report.Since(finding)));
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
            ResourceJson.WriteMembers(json, o.Target);
            json.WriteString("kind", o.Kind);
            json.WriteNumber("count", o.Count);
            json.WriteEndObject();
        });
        WriteArray(json, "targets", report.Listings, l =>
        {
            json.WriteStartObject();
            ResourceJson.WriteMembers(json, l.Target);
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

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }
}
