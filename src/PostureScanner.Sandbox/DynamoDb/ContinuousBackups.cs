using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.DynamoDb;

internal static class ContinuousBackups
{
    private const string NotFound = "TableNotFoundException";

    public static JsonObject Describe(Call call, JsonObject input) => Description(Tables.Find(call, input, NotFound), call.Now);

    public static JsonObject Update(Call call, JsonObject input)
    {
        var table = Tables.Find(call, input, NotFound);
        var wanted = input["PointInTimeRecoverySpecification"] as JsonObject;
        if (wanted?.Flag("PointInTimeRecoveryEnabled") is not { } enabled)
            throw Tables.Invalid("1 validation error detected: Value null at 'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled' failed to satisfy constraint: Member must not be null");
        var days = wanted.Number("RecoveryPeriodInDays");
        if (days is < 1 or > Pitr.MostDays)
            throw Tables.Invalid($"1 validation error detected: Value '{days}' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member must be between 1 and 35");
        if (!enabled && days is not null)
            throw Tables.Invalid("RecoveryPeriodInDays can only be specified when PointInTimeRecoveryEnabled is true");

        // Off and on again begins a new window: what was before cannot be restored any more.
        var running = table.Pitr ?? new Pitr(call.Now, Pitr.MostDays, Pitr.UsualLag);
        table = table with { Pitr = enabled ? running with { Days = days ?? running.Days } : null };
        call.World = call.World.Put(table);
        return Description(table, call.Now);
    }

    /// <summary>ContinuousBackupsStatus is ENABLED on every table there is; it says nothing about point-in-time recovery.</summary>
    private static JsonObject Description(Table table, DateTimeOffset now)
    {
        var pitr = new JsonObject { ["PointInTimeRecoveryStatus"] = table.Pitr is null ? "DISABLED" : "ENABLED" };
        if (table.Pitr is { } on)
        {
            pitr["RecoveryPeriodInDays"] = on.Days;
            pitr["EarliestRestorableDateTime"] = on.Earliest(now).Epoch();
            pitr["LatestRestorableDateTime"] = on.Latest(now).Epoch();
        }

        return new JsonObject
        {
            ["ContinuousBackupsDescription"] = new JsonObject { ["ContinuousBackupsStatus"] = "ENABLED", ["PointInTimeRecoveryDescription"] = pitr },
        };
    }
}
