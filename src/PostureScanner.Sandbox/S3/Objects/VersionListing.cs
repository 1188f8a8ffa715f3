using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

internal static class VersionListing
{
    /// <summary>All versions and delete markers: keys in order, the newest version first. Folding by a delimiter is not done.</summary>
    public static Answer Versions(Call call)
    {
        var bucket = Buckets.Find(call);
        var asked = Paging.Of(call);
        if (asked.Delimiter.Length > 0)
            throw new AwsError(501, "NotImplemented", "The sandbox does not fold versions by a delimiter.");
        var (key, id) = (call.Request.Query["key-marker"].ToString(), call.Request.Query["version-id-marker"].ToString());
        var rest = bucket.Objects
            .Where(versions => versions.Key.StartsWith(asked.Prefix, StringComparison.Ordinal) && string.CompareOrdinal(versions.Key, key) >= 0)
            .SelectMany(versions => versions.Key == key ? After(versions.Value, id) : versions.Value.Reverse())
            .Take(asked.Size + 1)
            .ToList();
        var page = rest.Take(asked.Size).ToList();
        var more = rest.Count > page.Count && page.Count > 0;
        return Xml.Answer(Xml.Of(
            "ListVersionsResult",
            Xml.Of("Name", bucket.Name),
            Xml.Of("Prefix", asked.Written(asked.Prefix)),
            Xml.Of("KeyMarker", asked.Written(key)),
            Xml.Of("VersionIdMarker", id),
            Xml.Of("MaxKeys", asked.Size),
            asked.IsEncoded ? Xml.Of("EncodingType", "url") : null,
            Xml.Of("IsTruncated", more),
            more ? Xml.Of("NextKeyMarker", asked.Written(page[^1].Key)) : null,
            more ? Xml.Of("NextVersionIdMarker", page[^1].Id) : null,
            page.Select(version => Line(bucket, asked, version))));
    }

    /// <summary>Without a version the marker means the whole key.</summary>
    private static IEnumerable<ObjectVersion> After(IReadOnlyList<ObjectVersion> versions, string id) =>
        id.Length == 0 ? [] : versions.Reverse().SkipWhile(version => version.Id != id).Skip(1);

    private static XElement Line(Bucket bucket, Paging asked, ObjectVersion version) => Xml.Of(
        version.IsDeleteMarker ? "DeleteMarker" : "Version",
        Xml.Of("Key", asked.Written(version.Key)),
        Xml.Of("VersionId", version.Id),
        Xml.Of("IsLatest", bucket.All(version.Key)[^1] == version),
        Xml.Of("LastModified", Xml.Time(version.Written)),
        version.IsDeleteMarker ? null : Xml.Of("ETag", version.ETag),
        version.IsDeleteMarker ? null : Xml.Of("Size", version.Body.Length),
        version.IsDeleteMarker ? null : Xml.Of("StorageClass", "STANDARD"),
        Xml.Of("Owner", Xml.Of("ID", AccessControl.CanonicalId(bucket.Account))));
}
