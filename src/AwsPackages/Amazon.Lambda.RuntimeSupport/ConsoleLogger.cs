using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Writes to standard output, which Lambda collects: in the format that the function is configured for, text or JSON.</summary>
internal sealed class ConsoleLogger(string requestId) : ILambdaLogger
{
    private static readonly bool IsJson = string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), "JSON", StringComparison.OrdinalIgnoreCase);

    public void Log(string message) => Write("Information", "info", message);

    public void LogLine(string message) => Log(message);

    public void LogFailure(Exception exception) => Write("Error", "fail", exception.ToString());

    private void Write(string level, string label, string message)
    {
        var time = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(IsJson ? Json(time, level, message) : $"{time}\t{requestId}\t{label}\t{message}");
    }

    private string Json(string time, string level, string message)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time);
            json.WriteString("level", level);
            json.WriteString("requestId", requestId);
            json.WriteString("message", message);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
