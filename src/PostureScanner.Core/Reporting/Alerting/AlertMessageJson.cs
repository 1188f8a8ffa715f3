using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Alerting;

/// <summary>A message for machines, <c>posture-alert/v1</c>.</summary>
public static class AlertMessageJson
{
    /// <summary>Longer texts are cut: no message may outgrow what carries it.</summary>
    public const int LongestText = 1000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="shown">How many alerts are written, worst first; the others are counted in <c>omitted</c>.</param>
    public static string Of(AlertMessage message, int shown)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", "posture-alert/v1");
            json.WriteString("alertId", message.Id);
            json.WriteString("type", message.Kind.ToString().ToLowerInvariant());
            json.WriteString("severity", message.Severity.Word());
            json.WriteString("headline", Headlines.Of(message));
            json.WriteStartObject("scan");
            json.WriteString("id", message.Alerts[^1].ScanId);
            json.WriteString("startedAt", Instants.Format(message.Alerts[^1].At));
            json.WriteEndObject();
            json.WriteString("evidence", message.Evidence);
            WriteCounts(json, message);
            json.WriteStartArray("changes");
            foreach (var alert in message.Alerts.Take(shown))
            {
                json.WriteStartObject();
                AlertJson.WriteMembers(json, Cut(alert));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("omitted", Math.Max(0, message.Alerts.Length - shown));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteCounts(Utf8JsonWriter json, AlertMessage message)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("total", message.Alerts.Length);
        Write("bySeverity", message.Alerts.OrderBy(a => a.Severity).Select(a => a.Severity.Word()));
        Write("byChange", message.Alerts.Select(a => a.Word).Order(StringComparer.Ordinal));
        json.WriteEndObject();

        void Write(string name, IEnumerable<string> words)
        {
            json.WriteStartObject(name);
            foreach (var (word, count) in words.CountBy(w => w, StringComparer.Ordinal))
                json.WriteNumber(word, count);
            json.WriteEndObject();
        }
    }

    private static Alert Cut(Alert alert) => alert with
    {
        Title = Cut(alert.Title), Before = Cut(alert.Before), After = Cut(alert.After), Message = Cut(alert.Message)!, Because = Cut(alert.Because), Fix = Cut(alert.Fix),
    };

    private static string? Cut(string? text) => text is null ? null : Printable.Clip(text, LongestText);
}
