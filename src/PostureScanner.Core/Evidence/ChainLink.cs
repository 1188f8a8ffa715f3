using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PostureScanner.Core.Evidence;

/// <summary>One scan's place in the chain: it names its package, and by a hash everything before it.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Manifest">The manifest's path below the root of all evidence.</param>
/// <param name="PreviousSha256">Of the bytes of the link before, signature included; null of the first.</param>
public sealed record ChainLink(long Sequence, string Manifest, string ManifestSha256, string? PreviousSha256, LinkSignature? Signature = null)
{
    public const string Root = "chain/";

    private const string Schema = "posture-chain/v1";

    public static string PathOf(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{Root}{sequence:0000000000}.json");

    /// <summary>What a signature covers: seven lines, so that anybody can write them down and check it.</summary>
    public byte[] SignedBytes(string algorithm, string keyId) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Schema}\n{Sequence}\n{Manifest}\n{ManifestSha256}\n{PreviousSha256 ?? "-"}\n{algorithm}\n{keyId}\n"));

    public byte[] Bytes
    {
        get
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            {
                json.WriteStartObject();
                json.WriteString("schema", Schema);
                json.WriteNumber("sequence", Sequence);
                json.WriteString("manifest", Manifest);
                json.WriteString("manifestSha256", ManifestSha256);
                json.WriteString("previousSha256", PreviousSha256);
                if (Signature is { } signature)
                {
                    json.WriteStartObject("signature");
                    json.WriteString("algorithm", signature.Algorithm);
                    json.WriteString("keyId", signature.KeyId);
                    json.WriteBase64String("value", signature.Value.Span);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            return stream.ToArray();
        }
    }

    /// <exception cref="FormatException">The bytes are no link of this version.</exception>
    public static ChainLink Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var json = document.RootElement;
            if (json.GetProperty("schema").GetString() is var schema && schema != Schema)
                throw new FormatException($"it is of version '{schema}', this program reads '{Schema}'");
            var link = new ChainLink(
                json.GetProperty("sequence").GetInt64(), Text(json, "manifest"), Text(json, "manifestSha256"), json.GetProperty("previousSha256").GetString());
            return json.TryGetProperty("signature", out var signature)
                ? link with { Signature = new LinkSignature(Text(signature, "algorithm"), Text(signature, "keyId"), signature.GetProperty("value").GetBytesFromBase64()) }
                : link;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <param name="KeyId">Tells which key signed; it proves nothing by itself.</param>
public sealed record LinkSignature(string Algorithm, string KeyId, ReadOnlyMemory<byte> Value);

/// <summary>The newest link: whoever keeps these two elsewhere can tell whether the chain was cut short.</summary>
/// <param name="Sha256">Of the link's bytes.</param>
public sealed record ChainHead(long Sequence, string Sha256)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Sha256}");

    /// <summary>As <see cref="ToString"/> writes it; null where the text is none.</summary>
    public static ChainHead? Parse(string text) =>
        text.Split(':') is [var sequence, { Length: 64 } sha256] && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && sha256.All(char.IsAsciiHexDigit)
            ? new ChainHead(number, sha256.ToLowerInvariant())
            : null;
}
