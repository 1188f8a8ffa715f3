using System.Collections.Immutable;
using System.Text;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

internal static class ObjectWrites
{
    private const int LongestKey = 1024;

    private static readonly string[] Kept = ["Cache-Control", "Content-Disposition", "Content-Language", "Content-Type", "Expires", "x-amz-storage-class", "x-amz-website-redirect-location"];

    public static Answer Put(Call call)
    {
        var bucket = Buckets.FindOwn(call);
        var key = Address.Of(call.Request).Key;
        if (Encoding.UTF8.GetByteCount(key) > LongestKey)
            throw new AwsError(400, "KeyTooLongError", "Your key is too long");
        var payload = Payload.Of(call.Request);
        Preconditions.OfWrite(call, bucket.Current(key), call.Arrived.Buckets.GetValueOrDefault(bucket.Name)?.Current(key));

        var version = new ObjectVersion(key, Versions.NewVersionId(call.Estate, bucket, key), call.Now)
        {
            Body = payload.Body,
            ETag = $"\"{Md5.HexOf(payload.Body.Span)}\"",
            Checksum = payload.Checksum,
            Headers = HeadersOf(call.Request),
        };
        version = ObjectLocks.Locked(call, bucket, version, payload.IsVouched);
        call.World = call.World.Put(bucket.Add(version));
        var answer = new Answer(200, "application/xml", default)
            .With("ETag", version.ETag)
            .With(payload.Checksum.Header(), payload.Checksum.Value)
            .With("x-amz-checksum-type", "FULL_OBJECT")
            .WithEncryption(bucket);
        return bucket.IsVersioned() ? answer.With("x-amz-version-id", version.Id) : answer;
    }

    private static ImmutableSortedDictionary<string, string> HeadersOf(Request request)
    {
        var headers = request.Headers
            .Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase) || header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
            .ToImmutableSortedDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        // The encoding of the transport is not one of the object.
        var encoding = string.Join(',', (request.Header("Content-Encoding") ?? "").Split(',', StringSplitOptions.TrimEntries).Where(each => each is not ("" or "aws-chunked")));
        return encoding.Length == 0 ? headers : headers.SetItem("Content-Encoding", encoding);
    }
}
