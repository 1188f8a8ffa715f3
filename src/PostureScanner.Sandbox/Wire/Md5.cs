using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace PostureScanner.Sandbox.Wire;

internal static class Md5
{
    public const int Length = MD5.HashSizeInBytes;

    [SuppressMessage("Security", "CA5351", Justification = "ETags, Content-MD5 and MD5OfBody are MD5 by AWS's definition.")]
    public static byte[] Of(ReadOnlySpan<byte> data) => MD5.HashData(data);

    public static string HexOf(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(Of(data));
}
