using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox;

/// <summary>An alarm, with what PutMetricAlarm said of it. Nothing evaluates it.</summary>
internal sealed record Alarm(string Account, string Region, string Name, DateTimeOffset Updated, JsonObject Definition)
{
    public string Arn => $"arn:aws:cloudwatch:{Region}:{Account}:alarm:{Name}";
}
