namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>The versions of a key, and what writing and deleting make of them.</summary>
internal static class Versions
{
    public static bool IsVersioned(this Bucket bucket) => StatusOf(bucket) == "Enabled";

    /// <summary>Never on: such a bucket speaks of no versions at all.</summary>
    public static bool WasNeverVersioned(this Bucket bucket) => StatusOf(bucket) is null;

    public static IReadOnlyList<ObjectVersion> All(this Bucket bucket, string key) => bucket.Objects.TryGetValue(key, out var versions) ? versions : [];

    /// <summary>The newest version; null when there is none or it is a delete marker.</summary>
    public static ObjectVersion? Current(this Bucket bucket, string key) => bucket.All(key) is [.., { IsDeleteMarker: false } newest] ? newest : null;

    public static string NewVersionId(Estate estate, Bucket bucket, string key) => bucket.IsVersioned()
        ? estate.NewId($"{bucket.Name}/{key}").Replace("-", "", StringComparison.Ordinal)
        : ObjectVersion.NoId;

    /// <summary>A version without an id takes the place of the one there was; with one it stands beside the others.</summary>
    public static Bucket Add(this Bucket bucket, ObjectVersion version) => bucket with
    {
        Objects = bucket.Objects.SetItem(version.Key, [.. bucket.All(version.Key).Where(other => other.Id != version.Id), version]),
    };

    public static Bucket Remove(this Bucket bucket, ObjectVersion version)
    {
        var left = bucket.Objects[version.Key].Remove(version);
        return bucket with { Objects = left.IsEmpty ? bucket.Objects.Remove(version.Key) : bucket.Objects.SetItem(version.Key, left) };
    }

    private static string? StatusOf(Bucket bucket) => bucket.Settings.GetValueOrDefault(Subresource.Versioning).Child("Status")?.Value;
}
