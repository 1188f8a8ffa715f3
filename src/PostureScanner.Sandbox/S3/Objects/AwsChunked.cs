using System.Globalization;
using System.Text;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>
/// The body as the SDKs stream it: chunks with their length in hexadecimal, then trailers, among them the checksum. Chunk signatures are not verified.
/// </summary>
internal static class AwsChunked
{
    public static bool Is(Request request) => request.Header("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) == true;

    public static (ReadOnlyMemory<byte> Body, Dictionary<string, string> Trailers) Decode(Request request)
    {
        using var body = new MemoryStream();
        var rest = request.Body;
        while (true)
        {
            var size = SizeOf(Line(ref rest));
            if (size == 0)
                break;
            if (size + 2 > rest.Length)
                throw Incomplete();
            body.Write(rest.Span[..size]);
            rest = rest[(size + 2)..];
        }

        var trailers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (!rest.IsEmpty && Line(ref rest) is { Length: > 0 } line)
        {
            var (name, value) = line.Split(':', 2) is [var key, var text] ? (key, text) : throw MalformedTrailer();
            trailers[name.Trim()] = value.Trim();
        }

        Verify(request, body.Length, trailers);
        return (body.ToArray(), trailers);
    }

    private static void Verify(Request request, long length, Dictionary<string, string> trailers)
    {
        if (request.Header("x-amz-decoded-content-length") is { } said && said != length.ToString(CultureInfo.InvariantCulture))
            throw Incomplete();
        if (request.Header("x-amz-trailer") is { } announced && !announced.Split(',').All(name => trailers.ContainsKey(name.Trim())))
            throw MalformedTrailer();
    }

    /// <summary>An extension, <c>;chunk-signature=…</c>, may follow the length.</summary>
    private static int SizeOf(string line) =>
        int.TryParse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) && size >= 0 ? size : throw Incomplete();

    private static string Line(ref ReadOnlyMemory<byte> rest)
    {
        var end = rest.Span.IndexOf("\r\n"u8);
        if (end < 0)
            throw Incomplete();
        var line = Encoding.ASCII.GetString(rest.Span[..end]);
        rest = rest[(end + 2)..];
        return line;
    }

    private static AwsError Incomplete() => new(400, "IncompleteBody", "The request body terminated unexpectedly");

    private static AwsError MalformedTrailer() =>
        new(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");
}
