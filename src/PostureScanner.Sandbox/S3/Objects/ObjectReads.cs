using System.Collections.Immutable;
using System.Globalization;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

internal static class ObjectReads
{
    private const string DefaultType = "binary/octet-stream";

    public static Answer Get(Call call)
    {
        var bucket = Buckets.Find(call);
        var version = Find(call, bucket);
        if (!Preconditions.OfRead(call.Request, version))
            return new Answer(304, DefaultType, default).With("ETag", version.ETag);
        var answer = new Answer(200, version.Headers.GetValueOrDefault("Content-Type", DefaultType), version.Body)
        {
            Headers = ImmutableDictionary.CreateRange(version.Headers.Remove("Content-Type")),
        };
        answer = ObjectLocks.Headers(version).Aggregate(answer, (answered, header) => answered.With(header.Name, header.Value))
            .With("ETag", version.ETag)
            .With("Last-Modified", version.Written.ToString("R", CultureInfo.InvariantCulture))
            .With("Accept-Ranges", "bytes")
            .WithEncryption(bucket);
        if (!bucket.WasNeverVersioned())
            answer = answer.With("x-amz-version-id", version.Id);
        return Ranges.Cut(call.Request, answer) ?? WithChecksum(call.Request, answer, version);
    }

    /// <summary>The same without the body.</summary>
    public static Answer Head(Call call)
    {
        var answer = Get(call);
        return answer.With("Content-Type", answer.ContentType).With("Content-Length", answer.Body.Length.ToString(CultureInfo.InvariantCulture)) with { Body = default };
    }

    public static AwsError NoSuchKey(Request request, ImmutableDictionary<string, string>? headers = null) => new(404, "NoSuchKey", "The specified key does not exist.")
    {
        Headers = headers ?? ImmutableDictionary<string, string>.Empty,
        Details = ImmutableDictionary<string, string>.Empty.Add("Key", Address.Of(request).Key),
    };

    /// <summary>The bucket's default encryption, which every object is under.</summary>
    public static Answer WithEncryption(this Answer answer, Bucket bucket)
    {
        var rule = bucket.Settings.GetValueOrDefault(Subresource.Encryption).Child("Rule").Child("ApplyServerSideEncryptionByDefault");
        answer = answer.With("x-amz-server-side-encryption", rule.Child("SSEAlgorithm")?.Value ?? BucketXml.Aes256);
        return rule.Child("KMSMasterKeyID") is { } key ? answer.With("x-amz-server-side-encryption-aws-kms-key-id", key.Value) : answer;
    }

    private static ObjectVersion Find(Call call, Bucket bucket)
    {
        var key = Address.Of(call.Request).Key;
        if (call.Request.Query["versionId"].ToString() is { Length: > 0 } id)
        {
            var wanted = bucket.All(key).FirstOrDefault(version => version.Id == id)
                ?? throw Unfound(call, bucket, new AwsError(404, "NoSuchVersion", "The specified version does not exist."));
            return wanted.IsDeleteMarker
                ? throw new AwsError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.") { Headers = MarkerHeaders(wanted).Add("Allow", "DELETE") }
                : wanted;
        }

        if (bucket.Current(key) is { } current)
            return current;
        var marker = bucket.All(key) is [.., var newest] ? MarkerHeaders(newest) : ImmutableDictionary<string, string>.Empty;
        throw Unfound(call, bucket, NoSuchKey(call.Request, marker));
    }

    /// <summary>Who may not list a bucket is not told what it does not hold.</summary>
    private static AwsError Unfound(Call call, Bucket bucket, AwsError error) => call.Lacks(S3Service.ListBucket)
        ? Buckets.Denied(bucket, Denial.Sentence(call.Account, "s3", S3Service.ListBucket, $"arn:aws:s3:::{bucket.Name}"))
        : error;

    private static ImmutableDictionary<string, string> MarkerHeaders(ObjectVersion marker) =>
        ImmutableDictionary<string, string>.Empty.Add("x-amz-delete-marker", "true").Add("x-amz-version-id", marker.Id);

    private static Answer WithChecksum(Request request, Answer answer, ObjectVersion version) =>
        version.Checksum is { } checksum && string.Equals(request.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase)
            ? answer.With(checksum.Header(), checksum.Value).With("x-amz-checksum-type", "FULL_OBJECT")
            : answer;
}
