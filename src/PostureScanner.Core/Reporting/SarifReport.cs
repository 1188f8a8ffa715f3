using System.Text.Json;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>SARIF 2.1.0 (an OASIS standard) for tools that gather findings of many scanners.</summary>
public sealed class SarifReport
{
    private readonly Report _report;
    private readonly Utf8JsonWriter _json;

    private SarifReport(Report report, Utf8JsonWriter json)
    {
        _report = report;
        _json = json;
    }

    public static void Write(Report report, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        new SarifReport(report, json).Write();
    }

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        WriteTool();
        _json.WriteStartObject("automationDetails");
        _json.WriteString("id", $"posture/{_report.ScanId}");
        _json.WriteEndObject();
        Array("invocations", [_report], _ => WriteInvocation());
        var rules = _report.Applied.Select((row, index) => (row.Policy, index)).ToDictionary(r => r.Policy, r => r.index);
        Array("results", _report.Findings, finding => WriteResult(finding, rules[finding.Policy]));
        _json.WriteStartObject("properties");
        _json.WriteString("policyDigest", _report.PolicyDigest);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteTool()
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "PostureScanner");
        _json.WriteString("version", _report.ToolVersion);
        Array("rules", _report.Applied, row => WriteRule(row.Policy));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRule(Policy policy)
    {
        _json.WriteStartObject();
        _json.WriteString("id", policy.Id);
        Message("shortDescription", policy.Title);
        Message("fullDescription", policy.Because);
        Message("help", $"{Printable.Flat(policy.Because)} Required: {Explanation.Required(policy.Require)}. Fix: {Printable.Flat(policy.Fix)}");
        _json.WriteStartObject("defaultConfiguration");
        _json.WriteString("level", Level(policy));
        _json.WriteEndObject();
        _json.WriteStartObject("properties");
        _json.WriteString("severity", policy.Severity.Word());
        _json.WriteString("mode", policy.Mode.Word());
        _json.WriteString("kind", policy.Kind);
        Array("tags", policy.Controls.Distinct(StringComparer.Ordinal), _json.WriteStringValue);
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteInvocation()
    {
        _json.WriteStartObject();
        _json.WriteBoolean("executionSuccessful", _report.Complete);
        _json.WriteString("startTimeUtc", Instants.Format(_report.StartedAt));
        _json.WriteString("endTimeUtc", Instants.Format(_report.FinishedAt));
        Array("toolExecutionNotifications", _report.Listings.Where(l => !l.Complete), listing => Notify("error", $"{listing.Kind} in {listing.Target} is not listed to its end: {listing.Problem}"));
        Array("toolConfigurationNotifications", [.. _report.Notices, .. _report.OutOfScope.Select(Outside)], notice => Notify("note", notice));
        _json.WriteEndObject();
    }

    private static string Outside(OutOfScope outside) => FormattableString.Invariant($"{outside.Count} of {outside.Kind} in {outside.Target}, a region that is not scanned");

    private void Notify(string level, string text)
    {
        _json.WriteStartObject();
        _json.WriteString("level", level);
        Message("message", text);
        _json.WriteEndObject();
    }

    private void WriteResult(Finding finding, int rule)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId", finding.Policy.Id);
        _json.WriteNumber("ruleIndex", rule);
        _json.WriteString("kind", Kind(finding.Verdict));
        // The standard: what did not fail has no level.
        _json.WriteString("level", Kind(finding.Verdict) == "fail" ? Level(finding.Policy) : "none");
        Message("message", finding.Message);
        Array("locations", [finding.Resource], WriteLocation);
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString("findingId/v1", finding.Id);
        _json.WriteEndObject();
        if (finding.Waiver is { } waiver)
            Array("suppressions", [waiver], WriteSuppression);
        WriteProperties(finding);
        _json.WriteEndObject();

        // The writer buffers everything until it is flushed; a large estate must not stand in memory twice.
        if (_json.BytesPending > 64 * 1024)
            _json.Flush();
    }

    private void WriteLocation(Resource resource)
    {
        _json.WriteStartObject();
        Array("logicalLocations", [resource], r =>
        {
            _json.WriteStartObject();
            _json.WriteString("name", r.Name);
            _json.WriteString("fullyQualifiedName", r.Arn);
            _json.WriteString("kind", "resource");
            _json.WriteEndObject();
        });
        _json.WriteEndObject();
    }

    private void WriteSuppression(Waiver waiver)
    {
        _json.WriteStartObject();
        _json.WriteString("kind", "external");
        _json.WriteString("status", "accepted");
        _json.WriteString("justification", $"{Printable.Flat(waiver.Because)} ({Printable.Of(waiver.Owner)}, until {Instants.Format(waiver.Expires)})");
        _json.WriteEndObject();
    }

    private void WriteProperties(Finding finding)
    {
        _json.WriteStartObject("properties");
        _json.WriteString("verdict", finding.Verdict.Word());
        _json.WriteString("severity", finding.Policy.Severity.Word());
        _json.WriteString("mode", finding.Policy.Mode.Word());
        _json.WriteString("since", Instants.Format(_report.Since(finding)));
        _json.WriteString("account", finding.Resource.Target.Account);
        _json.WriteString("region", finding.Resource.Target.Region);
        _json.WriteString("fix", Printable.Flat(finding.Fix));
        _json.WriteStartObject("facts");
        foreach (var (fact, reading) in ReadingText.FactsOf(finding))
            _json.WriteString(fact.Name, ReadingText.Of(fact, reading));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private static string Kind(Verdict verdict) => verdict switch
    {
        Verdict.Fail or Verdict.Waived => "fail",
        Verdict.Pass => "pass",
        Verdict.NotApplicable => "notApplicable",
        _ => "open",
    };

    // Gates stop at warnings and errors; a policy that only reports must not stop anything.
    private static string Level(Policy policy) => policy.Mode == PolicyMode.Report ? "note" : policy.Severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    // In a message {0} is a placeholder, unless doubled, and [a](b) a link to wherever a stranger likes.
    private void Message(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", Printable.Flat(text)
            .Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal).Replace("](", "] (", StringComparison.Ordinal));
        _json.WriteEndObject();
    }

    private void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        _json.WriteEndArray();
    }
}
