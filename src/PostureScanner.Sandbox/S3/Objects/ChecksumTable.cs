using System.Security.Cryptography;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>The checksums an upload may carry. S3 also knows three of the xxHash family.</summary>
internal static class ChecksumTable
{
    public const string Prefix = "x-amz-checksum-";

    /// <summary>What S3 computes where the client says nothing.</summary>
    public const string Default = "CRC64NVME";

    private delegate byte[] Compute(ReadOnlySpan<byte> data);

    private static readonly Dictionary<string, Compute> Rows = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CRC32"] = Crc.Crc32.Of,
        ["CRC32C"] = Crc.Crc32C.Of,
        [Default] = Crc.Crc64Nvme.Of,
        ["SHA1"] = SHA1.HashData,
        ["SHA256"] = SHA256.HashData,
        ["SHA512"] = SHA512.HashData,
        ["MD5"] = Md5.Of,
    };

    /// <summary>Null for an algorithm that is not in the table.</summary>
    public static Checksum? Of(string algorithm, ReadOnlySpan<byte> data) => Rows.TryGetValue(algorithm, out var compute)
        ? new Checksum(algorithm.ToUpperInvariant(), Convert.ToBase64String(compute(data)))
        : null;

    public static string Header(this Checksum checksum) => Prefix + checksum.Algorithm.ToLowerInvariant();
}
