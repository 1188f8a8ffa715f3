using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox;

/// <summary>One table in one region. A global table is several of these that name each other's regions.</summary>
internal sealed record Table
{
    public required string Account { get; init; }
    public required string Region { get; init; }
    public required string Name { get; init; }
    public required string Id { get; init; }
    public required DateTimeOffset Created { get; init; }
    public string Status { get; init; } = "ACTIVE";
    public long Items { get; init; }
    public long Bytes { get; init; }
    public string? Class { get; init; }
    public bool DeletionProtection { get; init; }

    /// <summary>Null is the AWS-owned key, which DescribeTable does not show.</summary>
    public string? KeyArn { get; init; }

    public Pitr? Pitr { get; init; }

    /// <summary>Status by region, the own one included, so that every member can hold the same value.</summary>
    public ImmutableSortedDictionary<string, string> Members { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public string? Consistency { get; init; }
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What CreateTable said and DescribeTable says again: schema, indexes, throughput, stream.</summary>
    public JsonObject Definition { get; init; } = DefaultDefinition();

    public string Arn => $"arn:aws:dynamodb:{Region}:{Account}:table/{Name}";

    private static JsonObject DefaultDefinition() => new()
    {
        ["AttributeDefinitions"] = new JsonArray(new JsonObject { ["AttributeName"] = "id", ["AttributeType"] = "S" }),
        ["KeySchema"] = new JsonArray(new JsonObject { ["AttributeName"] = "id", ["KeyType"] = "HASH" }),
        ["BillingMode"] = "PAY_PER_REQUEST",
    };
}

/// <summary>Point-in-time recovery that is on: since when, how many days back, and how far the newest point lags.</summary>
internal sealed record Pitr(DateTimeOffset Since, int Days, TimeSpan Lag)
{
    public const int MostDays = 35;

    public static TimeSpan UsualLag { get; } = TimeSpan.FromMinutes(5);

    public DateTimeOffset Latest(DateTimeOffset now) => now - Lag;

    /// <summary>Never later than the newest point: just after it was switched on, only that one can be restored.</summary>
    public DateTimeOffset Earliest(DateTimeOffset now)
    {
        var window = now - TimeSpan.FromDays(Days);
        var earliest = Since > window ? Since : window;
        return earliest < Latest(now) ? earliest : Latest(now);
    }
}

internal sealed record Backup(string Arn, string Name, string TableName, string TableId, string TableArn, DateTimeOffset Created, string Type, string Status, long Bytes)
{
    public DateTimeOffset? Expires { get; init; }
}
