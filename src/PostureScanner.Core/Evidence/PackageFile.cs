using System.IO.Compression;

namespace PostureScanner.Core.Evidence;

/// <summary>A file of a package, as its manifest names it.</summary>
/// <param name="Size">Bytes as stored.</param>
/// <param name="Sha256">Of the bytes as stored.</param>
/// <param name="ContentSize">Bytes when uncompressed; the same as stored where nothing is compressed.</param>
/// <param name="ContentSha256">Of the content: what a replay compares, for compression differs between runtimes.</param>
public sealed record FileEntry(string Name, long Size, string Sha256, long ContentSize, string ContentSha256);

/// <summary>Writes a file of a package to disk in one pass, and knows its hashes when it is closed.</summary>
internal static class PackageFile
{
    public const string Compressed = ".gz";

    /// <param name="folder">Where the package is put together.</param>
    public static FileEntry Write(string folder, string name, Action<Stream> write)
    {
        using var stored = new HashingStream(File.Create(Path.Combine(folder, name)));
        using var body = name.EndsWith(Compressed, StringComparison.Ordinal) ? new GZipStream(stored, CompressionLevel.Optimal, leaveOpen: true) : (Stream)new Uncompressed(stored);
        using var content = new HashingStream(body);
        write(content);
        content.Flush();
        var (size, sha256) = (content.Length, content.Sha256);
        // Only a closed compressor has written all it has.
        body.Dispose();
        return new FileEntry(name, stored.Length, stored.Sha256, size, sha256);
    }

    /// <summary>Leaves what it wraps open, as the compressor does.</summary>
    private sealed class Uncompressed(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
