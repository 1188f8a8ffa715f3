using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.DynamoDb;

/// <summary>The calls that are about no single table.</summary>
internal static class Listing
{
    private const int MostPerPage = 100;

    public static JsonObject Tables(Call call, JsonObject input)
    {
        var names = call.World.Tables.In(call.Account, call.Region).Keys;
        var (page, last) = Page(names, input.Text("ExclusiveStartTableName"), Limit(input, call.Options.TablesPerPage), name => name);
        var answer = new JsonObject { ["TableNames"] = page.Select(name => JsonValue.Create(name)).ToJsonArray() };
        if (last is not null)
            answer["LastEvaluatedTableName"] = last;
        return answer;
    }

    /// <summary>Without a BackupType only the ones people made are listed: the default is USER, not ALL.</summary>
    public static JsonObject Backups(Call call, JsonObject input)
    {
        var type = input.Text("BackupType") ?? "USER";
        var table = input.Text("TableName") is { } name ? DynamoDb.Tables.NameOf(name) : null;
        var wanted = call.World.Backups.In(call.Account, call.Region).Values
            .Where(backup => (type == "ALL" || backup.Type == type)
                && (table is null || backup.TableName == table)
                && (Time(input, "TimeRangeLowerBound") is not { } from || backup.Created >= from)
                && (Time(input, "TimeRangeUpperBound") is not { } to || backup.Created < to));
        var (page, last) = Page(wanted, input.Text("ExclusiveStartBackupArn"), Limit(input, call.Options.BackupsPerPage), backup => backup.Arn);
        var answer = new JsonObject { ["BackupSummaries"] = page.Select(Summary).ToJsonArray() };
        if (last is not null)
            answer["LastEvaluatedBackupArn"] = last;
        return answer;
    }

    public static JsonObject Limits() => new()
    {
        ["AccountMaxReadCapacityUnits"] = 80_000,
        ["AccountMaxWriteCapacityUnits"] = 80_000,
        ["TableMaxReadCapacityUnits"] = 40_000,
        ["TableMaxWriteCapacityUnits"] = 40_000,
    };

    private static JsonObject Summary(Backup backup)
    {
        var summary = new JsonObject
        {
            ["TableName"] = backup.TableName,
            ["TableId"] = backup.TableId,
            ["TableArn"] = backup.TableArn,
            ["BackupArn"] = backup.Arn,
            ["BackupName"] = backup.Name,
            ["BackupCreationDateTime"] = backup.Created.Epoch(),
            ["BackupStatus"] = backup.Status,
            ["BackupType"] = backup.Type,
            ["BackupSizeBytes"] = backup.Bytes,
        };
        if (backup.Expires is { } expires)
            summary["BackupExpiryDateTime"] = expires.Epoch();
        return summary;
    }

    private static int Limit(JsonObject input, int most)
    {
        var limit = input.Number("Limit") ?? MostPerPage;
        if (limit is < 1 or > MostPerPage)
            throw DynamoDb.Tables.Invalid($"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value {(limit < 1 ? "greater than or equal to 1" : "less than or equal to 100")}");
        return Math.Min(limit, most);
    }

    /// <summary>The page after <paramref name="start"/>, which need not exist any more, and where it ended if there is more.</summary>
    private static (List<T> Page, string? Last) Page<T>(IEnumerable<T> all, string? start, int size, Func<T, string> key)
    {
        var rest = all.SkipWhile(thing => start is not null && string.CompareOrdinal(key(thing), start) <= 0).Take(size + 1).ToList();
        return rest.Count <= size ? (rest, null) : (rest[..size], key(rest[size - 1]));
    }

    private static DateTimeOffset? Time(JsonObject input, string name) =>
        input[name] is JsonValue value && value.TryGetValue<double>(out var seconds) ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
}
