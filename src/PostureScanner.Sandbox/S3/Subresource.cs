namespace PostureScanner.Sandbox.S3;

/// <summary>The query keys that name a bucket's settings on the wire.</summary>
internal static class Subresource
{
    public const string Versioning = "versioning";
    public const string Encryption = "encryption";
    public const string Replication = "replication";
    public const string Lifecycle = "lifecycle";
    public const string ObjectLock = "object-lock";
    public const string PublicAccessBlock = "publicAccessBlock";
    public const string Tagging = "tagging";
}
