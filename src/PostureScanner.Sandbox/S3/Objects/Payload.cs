using System.Security.Cryptography;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>What was sent, unwrapped and held against every digest that came with it.</summary>
/// <param name="Checksum">The client's, or the one S3 computes for itself.</param>
/// <param name="IsVouched">Whether the client sent a digest of any kind.</param>
internal sealed record Payload(ReadOnlyMemory<byte> Body, Checksum Checksum, bool IsVouched)
{
    private static readonly string[] NotDigests = ["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"];

    public static Payload Of(Request request)
    {
        var (body, trailers) = AwsChunked.Is(request) ? AwsChunked.Decode(request) : (request.Body, []);
        VerifySignedHash(request, body.Span);
        var md5 = VerifyMd5(request, body.Span);
        var checksum = VerifyChecksum(request, trailers, body.Span);
        return new Payload(body, checksum ?? ChecksumTable.Of(ChecksumTable.Default, body.Span)!, md5 || checksum is not null);
    }

    private static void VerifySignedHash(Request request, ReadOnlySpan<byte> body)
    {
        if (request.Header("x-amz-content-sha256") is { Length: 64 } said && !said.Equals(Convert.ToHexStringLower(SHA256.HashData(body)), StringComparison.OrdinalIgnoreCase))
            throw new AwsError(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }

    private static bool VerifyMd5(Request request, ReadOnlySpan<byte> body)
    {
        if (request.Header("Content-MD5") is not { } said)
            return false;
        Span<byte> digest = stackalloc byte[Md5.Length];
        if (!Convert.TryFromBase64String(said, digest, out var length) || length != Md5.Length)
            throw new AwsError(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        return digest.SequenceEqual(Md5.Of(body))
            ? true
            : throw new AwsError(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }

    /// <summary>In a header, or after the body in a trailer.</summary>
    private static Checksum? VerifyChecksum(Request request, Dictionary<string, string> trailers, ReadOnlySpan<byte> body)
    {
        var said = request.Headers.Select(header => (Name: header.Key, Value: header.Value.ToString()))
            .Concat(trailers.Select(trailer => (Name: trailer.Key, trailer.Value)))
            .Where(header => header.Name.StartsWith(ChecksumTable.Prefix, StringComparison.OrdinalIgnoreCase)
                && !NotDigests.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (said.Count > 1)
            throw new AwsError(400, "InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        if (said is not [var (name, value)])
        {
            return request.Header("x-amz-sdk-checksum-algorithm") is null
                ? null
                : throw new AwsError(400, "InvalidRequest", "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        }

        var algorithm = name[ChecksumTable.Prefix.Length..];
        var computed = ChecksumTable.Of(algorithm, body) ?? throw new AwsError(501, "NotImplemented", $"The sandbox does not compute the checksum {algorithm}.");
        if (!Convert.TryFromBase64String(value, new byte[value.Length], out var length) || length != Convert.FromBase64String(computed.Value).Length)
            throw new AwsError(400, "InvalidRequest", $"Value for {name} header is invalid.");
        return computed.Value == value ? computed : throw new AwsError(400, "BadDigest", $"The {computed.Algorithm} you specified did not match the calculated checksum.");
    }
}
