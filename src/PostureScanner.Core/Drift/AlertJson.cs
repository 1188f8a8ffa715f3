using System.Text.Json;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>One alert as JSON: the same in the state and in what machines are sent.</summary>
public static class AlertJson
{
    /// <summary>Writes the members of an object that has been begun.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("alertId", alert.Id);
        json.WriteString("scanId", alert.ScanId);
        json.WriteString("at", Instants.Format(alert.At));
        json.WriteString("change", alert.Word);
        json.WriteString("severity", alert.Severity.Word());
        ResourceJson.Write(json, alert.Resource);
        json.WriteString("account", alert.Target?.Account);
        json.WriteString("region", alert.Target?.Region);
        json.WriteString("kind", alert.Kind);
        json.WriteStartArray("regions");
        foreach (var region in alert.Regions)
            json.WriteStringValue(region);
        json.WriteEndArray();
        json.WriteString("policy", alert.PolicyId);
        json.WriteString("title", alert.Title);
        json.WriteString("fact", alert.Fact);
        json.WriteString("before", alert.Before);
        json.WriteString("after", alert.After);
        json.WriteString("message", alert.Message);
        json.WriteString("because", alert.Because);
        json.WriteString("fix", alert.Fix);
        json.WriteString("since", alert.Since is { } since ? Instants.Format(since) : null);
    }

    internal static Alert Read(JsonElement json) => new(
        Required(json, "alertId"),
        Required(json, "scanId"),
        Instant(Required(json, "at")),
        Required(json, "change"),
        Words.Severities[Required(json, "severity")],
        Text(json, "account") is { } account && Text(json, "region") is { } region ? new Target(account, region) : null,
        Text(json, "kind"),
        json.GetProperty("resource") is { ValueKind: JsonValueKind.Object } resource ? ResourceJson.Read(resource) : null,
        [.. json.GetProperty("regions").EnumerateArray().Select(r => r.GetString()!)],
        Text(json, "policy"),
        Text(json, "title"),
        Text(json, "fact"),
        Text(json, "before"),
        Text(json, "after"),
        Required(json, "message"),
        Text(json, "because"),
        Text(json, "fix"),
        Text(json, "since") is { } since ? Instant(since) : null);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string Required(JsonElement json, string name) => Text(json, name) ?? throw new FormatException($"an alert has no '{name}'");

    private static DateTimeOffset Instant(string text) => Instants.TryParse(text, out var instant) ? instant : throw new FormatException($"'{text}' is no time");
}
