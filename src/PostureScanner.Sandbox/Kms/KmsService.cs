using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Kms;

/// <summary>KMS, JSON 1.1: keys and their states, and signatures; nothing is encrypted.</summary>
internal sealed class KmsService() : JsonService("kms", "TrentService", Version, "", Rows)
{
    private const string Version = "1.1";

    private static IEnumerable<Operation> Rows =>
    [
        Row("DescribeKey", Keys.IdIn, Keys.Describe),
        Row("CreateKey", _ => "", KeyWrites.Create),
        Row("EnableKey", Keys.IdIn, KeyWrites.Enable),
        Row("DisableKey", Keys.IdIn, KeyWrites.Disable),
        Row("ScheduleKeyDeletion", Keys.IdIn, KeyWrites.ScheduleDeletion),
        Row("CancelKeyDeletion", Keys.IdIn, KeyWrites.CancelDeletion),
        Row("CreateAlias", input => input.Text("AliasName") ?? "", KeyWrites.CreateAlias),
        Row("Sign", Keys.IdIn, Signing.Sign),
        Row("Verify", Keys.IdIn, Signing.Verify),
        Row("GetPublicKey", Keys.IdIn, Signing.PublicKey),
        Row("ListKeys", _ => "", KeyListing.Keys),
        Row("ListAliases", _ => "", KeyListing.Aliases),
        Row("GetKeyRotationStatus", Keys.IdIn, Keys.Rotation),
        Row("ListResourceTags", Keys.IdIn, KeyListing.Tags),
        Row("GetKeyPolicy", Keys.IdIn, Keys.Policy),
    ];

    private static Operation Row(string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run) => Row(name, subject, run, Version);
}
