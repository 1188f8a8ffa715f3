using System.Text.Json;
using PostureScanner.Core.Facts;

namespace PostureScanner.Lambda;

/// <summary>The function's log: one JSON object per line, as Lambda's own JSON logs are. It holds no secret, since nothing that is logged knows one.</summary>
internal sealed class FunctionLog(Stream output, TimeProvider clock)
{
    private readonly Lock _lock = new();

    public void Information(string requestId, string message, RunSummary? summary = null) => Write("INFO", requestId, message, summary);

    public void Warning(string requestId, string message) => Write("WARN", requestId, message, summary: null);

    public void Error(string requestId, string message, RunSummary? summary = null) => Write("ERROR", requestId, message, summary);

    private void Write(string level, string requestId, string message, RunSummary? summary)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", Instants.Format(clock.GetUtcNow()));
            json.WriteString("level", level);
            json.WriteString("requestId", requestId);
            json.WriteString("message", message);
            if (summary is not null)
            {
                json.WritePropertyName("summary");
                JsonSerializer.Serialize(json, summary, FunctionJson.Default.RunSummary);
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        // In one piece: Lambda makes a record of every line.
        lock (_lock)
        {
            output.Write(line.GetBuffer().AsSpan(0, (int)line.Length));
            output.Flush();
        }
    }
}
