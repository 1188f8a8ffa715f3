using System.Text;
using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

internal static class ObjectListing
{
    /// <summary>ListObjectsV2.</summary>
    public static Answer New(Call call)
    {
        var query = call.Request.Query;
        var (token, startAfter) = (query["continuation-token"].ToString(), query["start-after"].ToString());
        var after = token.Length > 0 ? Encoding.UTF8.GetString(BucketListing.FromToken(token)) : startAfter;
        var page = Read(call, after);
        return Answer(
            page,
            Xml.Of("KeyCount", page.Lines.Count),
            token.Length > 0 ? Xml.Of("ContinuationToken", token) : null,
            startAfter.Length > 0 ? Xml.Of("StartAfter", page.Asked.Written(startAfter)) : null,
            page.IsTruncated ? Xml.Of("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page.Lines[^1].Name))) : null);
    }

    /// <summary>ListObjects: goes on from a key, and names it only where keys are folded.</summary>
    public static Answer Old(Call call)
    {
        var marker = call.Request.Query["marker"].ToString();
        var page = Read(call, marker);
        return Answer(
            page,
            Xml.Of("Marker", page.Asked.Written(marker)),
            page.IsTruncated && page.Asked.Delimiter.Length > 0 ? Xml.Of("NextMarker", page.Asked.Written(page.Lines[^1].Name)) : null);
    }

    private static Page Read(Call call, string after)
    {
        var bucket = Buckets.Find(call);
        var asked = Paging.Of(call);
        // A page that ended with a folded prefix has told all of it.
        var folded = asked.Delimiter.Length > 0 && after.EndsWith(asked.Delimiter, StringComparison.Ordinal);
        var lines = bucket.Objects.Keys
            .Where(key => key.StartsWith(asked.Prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(key, after) > 0
                && !(folded && key.StartsWith(after, StringComparison.Ordinal)))
            .Select(bucket.Current)
            .OfType<ObjectVersion>()
            .GroupBy(version => asked.Fold(version.Key), StringComparer.Ordinal)
            .Take(asked.Size + 1)
            .Select(group => new Line(group.Key, group.First()))
            .ToList();
        return new Page(bucket, asked, [.. lines.Take(asked.Size)], asked.Size > 0 && lines.Count > asked.Size);
    }

    private static Answer Answer(Page page, params object?[] position) => Xml.Answer(Xml.Of(
        "ListBucketResult",
        Xml.Of("Name", page.Bucket.Name),
        Xml.Of("Prefix", page.Asked.Written(page.Asked.Prefix)),
        page.Asked.Delimiter.Length > 0 ? Xml.Of("Delimiter", page.Asked.Written(page.Asked.Delimiter)) : null,
        Xml.Of("MaxKeys", page.Asked.Size),
        page.Asked.IsEncoded ? Xml.Of("EncodingType", "url") : null,
        Xml.Of("IsTruncated", page.IsTruncated),
        position,
        page.Lines.Where(line => line.Name == line.Version.Key).Select(line => Contents(page.Asked, line.Version)),
        page.Lines.Where(line => line.Name != line.Version.Key).Select(line => Xml.Of("CommonPrefixes", Xml.Of("Prefix", page.Asked.Written(line.Name))))));

    private static XElement Contents(Paging asked, ObjectVersion version) => Xml.Of(
        "Contents",
        Xml.Of("Key", asked.Written(version.Key)),
        Xml.Of("LastModified", Xml.Time(version.Written)),
        Xml.Of("ETag", version.ETag),
        Xml.OfAny("ChecksumAlgorithm", version.Checksum?.Algorithm),
        version.Checksum is null ? null : Xml.Of("ChecksumType", "FULL_OBJECT"),
        Xml.Of("Size", version.Body.Length),
        Xml.Of("StorageClass", version.Headers.GetValueOrDefault("x-amz-storage-class", "STANDARD")));

    private sealed record Page(Bucket Bucket, Paging Asked, IReadOnlyList<Line> Lines, bool IsTruncated);

    /// <summary>A key, or a common prefix and the first version under it.</summary>
    private sealed record Line(string Name, ObjectVersion Version);
}
