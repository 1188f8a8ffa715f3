using System.Xml.Linq;

namespace PostureScanner.Sandbox.S3;

/// <summary>What an estate says of a bucket, as the settings S3 would hold.</summary>
internal static class BucketXml
{
    public const string Aes256 = "AES256";

    /// <summary>Null: never configured, which has no status at all on the wire.</summary>
    public static XElement? Versioning(string? status, bool? mfaDelete, XElement? before)
    {
        var state = status switch { null => before.Child("Status")?.Value, "enabled" => "Enabled", "suspended" => "Suspended", _ => null };
        var mfa = mfaDelete switch { null => before.Child("MfaDelete")?.Value, true => "Enabled", false => "Disabled" };
        return state is null && mfa is null ? null : Xml.Of("VersioningConfiguration", Xml.OfAny("Status", state), Xml.OfAny("MfaDelete", mfa));
    }

    public static XElement Encryption(string? algorithm, string? keyArn, bool bucketKey) => Xml.Of(
        "ServerSideEncryptionConfiguration",
        Xml.Of(
            "Rule",
            Xml.Of(
                "ApplyServerSideEncryptionByDefault",
                Xml.Of("SSEAlgorithm", algorithm ?? (keyArn is null ? Aes256 : "aws:kms")),
                Xml.OfAny("KMSMasterKeyID", keyArn)),
            Xml.Of("BucketKeyEnabled", bucketKey)));

    public static XElement PublicAccessBlock(IReadOnlyList<string> on) => Xml.Of(
        "PublicAccessBlockConfiguration", BucketSpec.AllPublicAccess.Select(setting => Xml.Of(setting, on.Contains(setting, StringComparer.Ordinal))));

    public static XElement ObjectLock(ObjectLockSpec spec) => Xml.Of(
        "ObjectLockConfiguration",
        Xml.Of("ObjectLockEnabled", "Enabled"),
        spec.Mode is null ? null : Xml.Of("Rule", Xml.Of(
            "DefaultRetention", Xml.Of("Mode", spec.Mode), Xml.OfAny("Days", spec.Days), Xml.OfAny("Years", spec.Years))));

    public static XElement? Tagging(Bucket bucket) => bucket.Tags.IsEmpty
        ? null
        : Xml.Of("Tagging", Xml.Of("TagSet", bucket.Tags.Select(tag => Xml.Of("Tag", Xml.Of("Key", tag.Key), Xml.Of("Value", tag.Value)))));

    public static bool IsSystemTag(string key) => key.StartsWith("aws:", StringComparison.Ordinal);

    public static Bucket WithTags(Bucket bucket, XElement? tagging) => bucket with
    {
        // A request replaces all tags but those that AWS itself has set.
        Tags = bucket.Tags.RemoveRange(bucket.Tags.Keys.Where(key => !IsSystemTag(key))).SetItems((tagging.Child("TagSet")?.Elements() ?? [])
            .Select(tag => KeyValuePair.Create(tag.Child("Key")?.Value ?? "", tag.Child("Value")?.Value ?? ""))),
    };
}
