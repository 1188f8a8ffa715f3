using System.Xml.Linq;

namespace PostureScanner.Sandbox.S3;

/// <summary>With ACLs switched off, as on every new bucket, the owner has full control and nobody else anything.</summary>
internal static class AccessControl
{
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static XElement Of(Bucket bucket) => Xml.Of(
        "AccessControlPolicy",
        Xml.Of("Owner", Xml.Of("ID", CanonicalId(bucket.Account))),
        Xml.Of("AccessControlList", Xml.Of(
            "Grant",
            Xml.Of(
                "Grantee",
                new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
                new XAttribute(Xsi + "type", "CanonicalUser"),
                Xml.Of("ID", CanonicalId(bucket.Account))),
            Xml.Of("Permission", "FULL_CONTROL"))));

    /// <summary>64 digits that stand for an account.</summary>
    public static string CanonicalId(string account) => account.PadLeft(64, '0');
}
