using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Founding;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.DynamoDb;

/// <summary>Tables are ACTIVE as soon as they are created: nothing here takes time but what the estate says.</summary>
internal static class TableWrites
{
    private static readonly string[] Defined =
        ["AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput", "LocalSecondaryIndexes", "GlobalSecondaryIndexes", "StreamSpecification"];

    public static JsonObject Create(Call call, JsonObject input)
    {
        if (call.World.Tables.Find(call.Account, call.Region, call.Name) is not null)
            throw new AwsError(400, "ResourceInUseException", $"Table already exists: {call.Name}");
        if (input["KeySchema"] is not JsonArray { Count: > 0 } || input["AttributeDefinitions"] is not JsonArray)
            throw Tables.Invalid("One or more parameter values were invalid: KeySchema and AttributeDefinitions are required");

        var blank = TableFounder.Blank(call.Estate, call.Account, call.Region, call.Name) with { Definition = Defining([], input) };
        call.World = TableFounder.Put(call.Estate, call.World, blank, Spec(call, input) with
        {
            Tags = input.Objects("Tags").ToDictionary(tag => tag.Text("Key") ?? "", tag => tag.Text("Value"), StringComparer.Ordinal),
        });
        return Described(call);
    }

    public static JsonObject Update(Call call, JsonObject input)
    {
        var table = Tables.Find(call, input);
        table = table with { Definition = Defining(table.Definition, input) };
        call.World = TableFounder.Put(call.Estate, call.World.Put(table), table, Spec(call, input));
        foreach (var region in ReplicaRegions(input, "Delete"))
        {
            var replica = call.World.Tables.Find(call.Account, region, call.Name)
                ?? throw new AwsError(400, "ReplicaNotFoundException", $"Failed to delete a the replica of table with name: '{call.Name}' because it does not exist in region: '{region}'");
            call.World = TableFounder.Remove(call.Estate, call.World, replica);
        }

        return Described(call);
    }

    public static JsonObject Delete(Call call, JsonObject input)
    {
        var table = Tables.Find(call, input);
        if (table.DeletionProtection)
            throw Tables.Invalid("Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        call.World = TableFounder.Remove(call.Estate, call.World, table);
        return new JsonObject { ["TableDescription"] = TableJson.Of(table with { Status = "DELETING" }) };
    }

    private static JsonObject Described(Call call) => new() { ["TableDescription"] = TableJson.Of(call.World.Tables.Find(call.Account, call.Region, call.Name)!) };

    private static TableSpec Spec(Call call, JsonObject input) => new(call.Name)
    {
        DeletionProtection = input.Flag("DeletionProtectionEnabled"),
        Class = input.Text("TableClass"),
        Consistency = input.Text("MultiRegionConsistency"),
        Key = KeyOf(input["SSESpecification"] as JsonObject),
        Replicas = ReplicaRegions(input, "Create").Select(region => new ReplicaSpec(region)).ToList() is { Count: > 0 } replicas ? replicas : null,
    };

    /// <summary>Enabled means a KMS key, AWS's own unless one is named; not enabled means the AWS-owned key again.</summary>
    private static string? KeyOf(JsonObject? specification) => specification?.Flag("Enabled") switch
    {
        null => null,
        false => Keyring.Owned,
        true => specification.Text("KMSMasterKeyId") is { } key and not "alias/aws/dynamodb" ? key : Keyring.Managed,
    };

    private static IEnumerable<string> ReplicaRegions(JsonObject input, string action) =>
        input.Objects("ReplicaUpdates").Select(update => (update[action] as JsonObject)?.Text("RegionName")).OfType<string>();

    private static JsonObject Defining(JsonObject before, JsonObject input)
    {
        var definition = (JsonObject)before.DeepClone();
        foreach (var name in Defined.Where(name => input[name] is not null))
            definition[name] = input[name].Copy();
        return definition;
    }
}
