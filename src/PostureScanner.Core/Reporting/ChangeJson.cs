using System.Text.Json;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>One change as JSON, as reports and comparisons have it.</summary>
public static class ChangeJson
{
    /// <summary>Two states and what changed between them, <c>posture-diff/v1</c>.</summary>
    public static void WriteDiff(Snapshot before, Snapshot after, IReadOnlyList<Change> changes, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("schema", "posture-diff/v1");
        WriteScan("before", before);
        WriteScan("after", after);
        json.WriteStartArray("drift");
        foreach (var change in changes)
            Write(json, change);
        json.WriteEndArray();
        json.WriteEndObject();

        void WriteScan(string name, Snapshot snapshot)
        {
            json.WriteStartObject(name);
            json.WriteString("id", snapshot.ScanId);
            json.WriteString("startedAt", Instants.Format(snapshot.StartedAt));
            json.WriteEndObject();
        }
    }

    internal static void Write(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.Word());
        json.WriteString("severity", change.Severity.Word());
        ResourceJson.Write(json, change.Resource);
        if (change is { Resource: null, Target: { } target })
        {
            json.WriteStartObject("target");
            ResourceJson.WriteMembers(json, target);
            json.WriteString("kind", change.ResourceKind);
            json.WriteEndObject();
        }

        json.WriteString("policy", change.PolicyId);
        json.WriteString("fact", change.Fact);
        json.WriteString("before", change.Before);
        json.WriteString("after", change.After);
        json.WriteString("message", change.Message);
        if (!change.Regions.IsEmpty)
        {
            json.WriteStartArray("regions");
            foreach (var region in change.Regions)
                json.WriteStringValue(region);
            json.WriteEndArray();
        }

        json.WriteString("alertId", change.AlertId);
        json.WriteEndObject();
    }
}
