using PostureScanner.Aws.Clients;
using PostureScanner.Core.Drift;

namespace PostureScanner.Aws.Stores;

/// <summary>Opens a state by its place: a folder, or <c>s3://bucket/prefix</c>.</summary>
public static class SnapshotStores
{
    private const string S3 = "s3://";
    private const string FileName = "state.json";

    /// <param name="folder">What a relative folder is relative to.</param>
    /// <exception cref="SettingsException">The place cannot be one.</exception>
    public static ISnapshotStore Open(string place, string folder, AwsSettings settings)
    {
        if (!place.StartsWith(S3, StringComparison.Ordinal))
            return new FolderSnapshotStore(Path.GetFullPath(place, folder));

        var (bucket, prefix) = place[S3.Length..].Split('/', 2) is [var name, var rest] ? (name, rest.Trim('/')) : (place[S3.Length..], "");
        if (bucket.Length == 0)
            throw new SettingsException($"'{place}' names no bucket; write s3://bucket/prefix");
        return new S3SnapshotStore(Login.Of(settings).S3, Regions.Of(settings.Regions).Home[0], bucket, prefix.Length == 0 ? FileName : $"{prefix}/{FileName}");
    }
}
