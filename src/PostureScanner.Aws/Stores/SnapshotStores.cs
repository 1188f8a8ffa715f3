using PostureScanner.Core.Drift;

namespace PostureScanner.Aws.Stores;

/// <summary>Opens a state by its place: a folder, or <c>s3://bucket/prefix</c>.</summary>
public static class SnapshotStores
{
    /// <param name="folder">What a relative folder is relative to.</param>
    /// <exception cref="SettingsException">The place cannot be one.</exception>
    public static ISnapshotStore Open(string place, string folder, AwsSettings settings, TimeProvider clock) => S3Place.Of(place) is { } s3
        ? new S3SnapshotStore(StoreBucket.Of(settings, s3.Bucket, "--state (POSTURE_STATE)", clock), s3.Key("state.json"))
        : new FolderSnapshotStore(Path.GetFullPath(place, folder), clock);
}
