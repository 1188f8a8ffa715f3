namespace PostureScanner.Aws.Stores;

/// <summary>A place written as <c>s3://bucket/prefix</c>.</summary>
/// <param name="Prefix">Without slashes around it; empty for the whole bucket.</param>
internal sealed record S3Place(string Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    /// <summary>Null for a folder.</summary>
    /// <exception cref="SettingsException">It names no bucket.</exception>
    public static S3Place? Of(string place)
    {
        if (!place.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        var parts = place[Scheme.Length..].Split('/', 2);
        return parts[0].Length == 0
            ? throw new SettingsException($"'{place}' names no bucket; write s3://bucket/prefix")
            : new S3Place(parts[0], parts is [_, var prefix] ? prefix.Trim('/') : "");
    }

    /// <summary>The key of a path below the place.</summary>
    public string Key(string path) => Prefix.Length == 0 ? path : $"{Prefix}/{path}";
}
