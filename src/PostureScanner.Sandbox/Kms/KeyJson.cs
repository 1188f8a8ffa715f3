using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Kms;

/// <summary>A key as DescribeKey shows it.</summary>
internal static class KeyJson
{
    public static JsonObject Of(World world, Key key)
    {
        var json = new JsonObject
        {
            ["AWSAccountId"] = key.Account,
            ["KeyId"] = key.Id,
            ["Arn"] = key.Arn,
            ["CreationDate"] = key.Created.Epoch(),
            ["Enabled"] = key.State == "Enabled",
            ["Description"] = key.Description,
            ["KeyUsage"] = "ENCRYPT_DECRYPT",
            ["KeyState"] = key.State,
            ["Origin"] = "AWS_KMS",
            ["KeyManager"] = key.Manager,
            ["CustomerMasterKeySpec"] = "SYMMETRIC_DEFAULT",
            ["KeySpec"] = "SYMMETRIC_DEFAULT",
            ["EncryptionAlgorithms"] = new JsonArray("SYMMETRIC_DEFAULT"),
            ["MultiRegion"] = key.MultiRegion is not null,
        };
        // AWS tells the date only while the deletion is pending.
        if (key is { State: "PendingDeletion", Deletion: { } deletion })
            json["DeletionDate"] = deletion.Epoch();
        if (key.MultiRegion is not null)
            json["MultiRegionConfiguration"] = Family(world, key);
        return json;
    }

    private static JsonObject Family(World world, Key key)
    {
        var family = world.Keys.All.Where(other => other.Id == key.Id && other.Account == key.Account && other.MultiRegion is not null).ToList();
        return new JsonObject
        {
            ["MultiRegionKeyType"] = key.MultiRegion,
            ["PrimaryKey"] = Member(family.Find(other => other.MultiRegion == "PRIMARY") ?? key),
            ["ReplicaKeys"] = family.Where(other => other.MultiRegion == "REPLICA").Select(Member).ToJsonArray(),
        };
    }

    private static JsonObject Member(Key key) => new() { ["Arn"] = key.Arn, ["Region"] = key.Region };
}
