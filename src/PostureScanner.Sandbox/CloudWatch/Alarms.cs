using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudWatch;

internal static class Alarms
{
    private static readonly string[] Required = ["AlarmName", "ComparisonOperator", "EvaluationPeriods"];
    private static readonly string[] Whole = ["Period", "EvaluationPeriods", "DatapointsToAlarm"];

    /// <summary>Kept as it is said; it never leaves its first state.</summary>
    public static JsonObject? Put(Call call, JsonObject input)
    {
        if (Array.Find(Required, name => input[name] is null) is { } missing)
            throw Invalid.Missing(missing);
        var alarm = new Alarm(call.Account, call.Region, input.Text("AlarmName")!, call.Now, Typed(input));
        call.World = call.World.Put(alarm);
        return null;
    }

    public static JsonObject Describe(Call call, JsonObject input)
    {
        var names = input.Texts("AlarmNames");
        var prefix = input.Text("AlarmNamePrefix") ?? "";
        return new JsonObject
        {
            ["MetricAlarms"] = call.World.Alarms.In(call.Account, call.Region).Values
                .Where(alarm => (names.Count == 0 || names.Contains(alarm.Name, StringComparer.Ordinal)) && alarm.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Where(_ => input.Text("StateValue") is null or "INSUFFICIENT_DATA")
                .Select(Described)
                .ToJsonArray(),
            ["CompositeAlarms"] = new JsonArray(),
        };
    }

    private static JsonObject Described(Alarm alarm)
    {
        var json = (JsonObject)alarm.Definition.DeepClone();
        json["AlarmArn"] = alarm.Arn;
        json["AlarmConfigurationUpdatedTimestamp"] = JsonValue.Create(alarm.Updated);
        json["StateValue"] = "INSUFFICIENT_DATA";
        json["StateReason"] = "Unchecked: Initial alarm creation";
        json["StateUpdatedTimestamp"] = JsonValue.Create(alarm.Updated);
        json["ActionsEnabled"] ??= true;
        return json;
    }

    /// <summary>The query protocol sends texts; who asks in JSON wants numbers.</summary>
    private static JsonObject Typed(JsonObject input)
    {
        var typed = (JsonObject)input.DeepClone();
        foreach (var name in Whole.Where(name => typed[name] is not null))
            typed[name] = (int)(typed[name].Real() ?? throw Invalid.Value(name, typed[name]!.ToString()));
        if (typed["Threshold"] is { } threshold)
            typed["Threshold"] = threshold.Real();
        if (typed["ActionsEnabled"] is { } enabled)
            typed["ActionsEnabled"] = string.Equals(enabled.ToString(), "true", StringComparison.OrdinalIgnoreCase);
        return typed;
    }
}
