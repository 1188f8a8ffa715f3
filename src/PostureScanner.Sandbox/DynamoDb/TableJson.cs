using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.DynamoDb;

/// <summary>A table as DescribeTable shows it.</summary>
internal static class TableJson
{
    public static JsonObject Of(Table table)
    {
        var json = new JsonObject
        {
            ["AttributeDefinitions"] = table.Definition["AttributeDefinitions"].Copy(),
            ["TableName"] = table.Name,
            ["KeySchema"] = table.Definition["KeySchema"].Copy(),
            ["TableStatus"] = table.Status,
            ["CreationDateTime"] = table.Created.Epoch(),
            ["ProvisionedThroughput"] = Throughput(table),
            ["TableSizeBytes"] = table.Bytes,
            ["ItemCount"] = table.Items,
            ["TableArn"] = table.Arn,
            ["TableId"] = table.Id,
            ["DeletionProtectionEnabled"] = table.DeletionProtection,
        };
        if (OnDemand(table))
            json["BillingModeSummary"] = new JsonObject { ["BillingMode"] = "PAY_PER_REQUEST", ["LastUpdateToPayPerRequestDateTime"] = table.Created.Epoch() };
        // Absent means the AWS-owned key: there is no other sign of it.
        if (table.KeyArn is { } key)
            json["SSEDescription"] = new JsonObject { ["Status"] = "ENABLED", ["SSEType"] = "KMS", ["KMSMasterKeyArn"] = key };
        if (table.Class is { } tableClass)
            json["TableClassSummary"] = new JsonObject { ["TableClass"] = tableClass };
        AddIndexes(json, table, "LocalSecondaryIndexes");
        AddIndexes(json, table, "GlobalSecondaryIndexes");
        AddStream(json, table);
        AddReplicas(json, table);
        return json;
    }

    public static bool OnDemand(Table table) => table.Definition.Text("BillingMode") == "PAY_PER_REQUEST";

    private static JsonObject Throughput(Table table)
    {
        var given = OnDemand(table) ? null : table.Definition["ProvisionedThroughput"] as JsonObject;
        return new JsonObject
        {
            ["NumberOfDecreasesToday"] = 0,
            ["ReadCapacityUnits"] = given?["ReadCapacityUnits"].Copy() ?? 0,
            ["WriteCapacityUnits"] = given?["WriteCapacityUnits"].Copy() ?? 0,
        };
    }

    private static void AddIndexes(JsonObject json, Table table, string name)
    {
        if (table.Definition[name] is not JsonArray { Count: > 0 } indexes)
            return;
        json[name] = indexes.OfType<JsonObject>().Select(JsonNode (index) =>
        {
            var described = (JsonObject)index.DeepClone();
            described["IndexArn"] = $"{table.Arn}/index/{index.Text("IndexName")}";
            described["IndexSizeBytes"] = 0;
            described["ItemCount"] = 0;
            if (name == "GlobalSecondaryIndexes")
            {
                described["IndexStatus"] = "ACTIVE";
                described["ProvisionedThroughput"] ??= Throughput(table);
            }

            return described;
        }).ToJsonArray();
    }

    /// <summary>A replicated table always has a stream with both images: replication reads it.</summary>
    private static void AddStream(JsonObject json, Table table)
    {
        var stream = table.Definition["StreamSpecification"] as JsonObject;
        if (stream?.Flag("StreamEnabled") != true && table.Members.IsEmpty)
            return;
        var label = table.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
        json["StreamSpecification"] = stream.Copy() ?? new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = "NEW_AND_OLD_IMAGES" };
        json["LatestStreamLabel"] = label;
        json["LatestStreamArn"] = $"{table.Arn}/stream/{label}";
    }

    /// <summary>A member lists the others, never its own region.</summary>
    private static void AddReplicas(JsonObject json, Table table)
    {
        if (table.Members.IsEmpty)
            return;
        json["GlobalTableVersion"] = "2019.11.21";
        json["MultiRegionConsistency"] = table.Consistency ?? "EVENTUAL";
        json["Replicas"] = table.Members.Where(member => member.Key != table.Region).Select(JsonNode (member) => new JsonObject
        {
            ["RegionName"] = member.Key,
            ["ReplicaStatus"] = member.Value,
            ["ReplicaArn"] = $"arn:aws:dynamodb:{member.Key}:{table.Account}:table/{table.Name}",
        }).ToJsonArray();
    }
}
