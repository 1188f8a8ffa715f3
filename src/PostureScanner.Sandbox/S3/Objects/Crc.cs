using System.Buffers.Binary;

namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>A reflected cyclic redundancy check, all ones before and after; the platform has only one of the three that S3 knows.</summary>
internal sealed class Crc(ulong polynomial, int bytes)
{
    public static Crc Crc32 { get; } = new(0xEDB8_8320, 4);
    public static Crc Crc32C { get; } = new(0x82F6_3B78, 4);
    public static Crc Crc64Nvme { get; } = new(0x9A6C_9329_AC4B_C9B5, 8);

    private readonly ulong[] table = [.. Enumerable.Range(0, 256).Select(entry => Entry((ulong)entry, polynomial))];

    public byte[] Of(ReadOnlySpan<byte> data)
    {
        var mask = bytes == 8 ? ulong.MaxValue : (1UL << (8 * bytes)) - 1;
        var crc = mask;
        foreach (var each in data)
            crc = table[(byte)(crc ^ each)] ^ (crc >> 8);
        var result = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(result, crc ^ mask);
        return result[^bytes..];
    }

    private static ulong Entry(ulong entry, ulong polynomial)
    {
        for (var bit = 0; bit < 8; bit++)
            entry = (entry & 1) == 1 ? (entry >> 1) ^ polynomial : entry >> 1;
        return entry;
    }
}
