using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Founding;
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
            ["KeyState"] = key.State,
            ["Origin"] = "AWS_KMS",
            ["KeyManager"] = key.Manager,
            ["MultiRegion"] = key.MultiRegion is not null,
        };
        foreach (var (name, value) in Kind(key))
            json[name] = value.Copy();
        // AWS tells the date only while the deletion is pending.
        if (key is { State: "PendingDeletion", Deletion: { } deletion })
            json["DeletionDate"] = deletion.Epoch();
        if (key.MultiRegion is not null)
            json["MultiRegionConfiguration"] = Family(world, key);
        return json;
    }

    /// <summary>What a key is, as both DescribeKey and GetPublicKey tell it.</summary>
    public static JsonObject Kind(Key key)
    {
        var kind = new JsonObject { ["KeyUsage"] = key.Usage, ["CustomerMasterKeySpec"] = key.Spec, ["KeySpec"] = key.Spec };
        if (key.Usage == KeyMaterial.Signs)
            kind["SigningAlgorithms"] = Signing.AlgorithmsOf(key).Select(name => (JsonNode)name).ToJsonArray();
        else
            kind["EncryptionAlgorithms"] = key.Spec == KeyMaterial.Symmetric ? new JsonArray(KeyMaterial.Symmetric) : new JsonArray("RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256");
        return kind;
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
