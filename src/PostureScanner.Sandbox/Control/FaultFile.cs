using System.Globalization;
using System.Text.Json;

namespace PostureScanner.Sandbox.Control;

/// <summary>Fault rules as JSON: one object or a list of them, each with a <c>fault</c> and what the method of that name takes.</summary>
internal static class FaultFile
{
    private static readonly HashSet<string> Members = ["fault", "operation", "name", "region", "times", "status", "code", "perSecond", "milliseconds"];

    /// <returns>How many rules were added: all, or none.</returns>
    public static int Add(Faults faults, string json)
    {
        var problems = new List<string>();
        var rules = Read(json).Select((rule, index) => Rule(rule, $"rule {(index + 1).ToString(CultureInfo.InvariantCulture)}", problems)).ToList();
        if (problems.Count > 0)
            throw new EstateException(problems);
        rules.ForEach(rule => rule(faults));
        return rules.Count;
    }

    private static List<JsonElement> Read(string json)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(json);
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        }
        catch (JsonException problem)
        {
            throw new EstateException($"faults.json:{(problem.LineNumber + 1)?.ToString(CultureInfo.InvariantCulture)}: not JSON");
        }
    }

    private static Action<Faults> Rule(JsonElement rule, string where, List<string> problems)
    {
        if (rule.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{where}: must be an object");
            return _ => { };
        }

        foreach (var member in rule.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            problems.Add($"{where}: unknown member \"{member.Name}\"");
        var operation = Text(rule, "operation") ?? "*";
        var name = Text(rule, "name") ?? "*";
        var region = Text(rule, "region");
        var times = (int)(Number(rule, "times") ?? int.MaxValue);
        switch (Text(rule, "fault"))
        {
            case "deny": return faults => faults.Deny(operation, name, region);
            case "throttle-first": return faults => faults.ThrottleFirst(operation, times, name, region);
            case "throttle-rate" when Number(rule, "perSecond") is { } rate: return faults => faults.ThrottleRate(operation, rate);
            case "fail" when Number(rule, "status") is { } status && Text(rule, "code") is { } code:
                return faults => faults.Fail(operation, (int)status, code, times, name, region);
            case "garbage": return faults => faults.Garbage(operation, times, name, region);
            case "close": return faults => faults.Close(operation, times, name, region);
            case "close-after": return faults => faults.CloseAfter(operation, times, name, region);
            case "hang": return faults => faults.Hang(operation, name, region);
            case "vanish": return faults => faults.Vanish(name);
            case "documented-rates": return faults => faults.DocumentedRates();
            case "latency" when Number(rule, "milliseconds") is { } span: return faults => faults.Latency = TimeSpan.FromMilliseconds(span);
            default:
                problems.Add($"{where}: \"fault\" must be deny, throttle-first (times), throttle-rate (perSecond), fail (status, code), garbage, close, close-after, hang, "
                    + "vanish (name), documented-rates or latency (milliseconds)");
                return _ => { };
        }
    }

    private static string? Text(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
