using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evidence;

/// <summary>A stored package, opened by its manifest. What is read is not verified.</summary>
public sealed class EvidencePackage(IEvidenceStore store, Manifest manifest)
{
    public const string Facts = "facts.jsonl.gz";
    public const string Findings = "findings.jsonl.gz";
    public const string Policies = "policies.jsonl.gz";

    public Manifest Manifest => manifest;

    /// <exception cref="EvidenceException">There is none at that path, or it cannot be read.</exception>
    public static async Task<EvidencePackage> OpenAsync(IEvidenceStore store, string manifestPath, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenAsync(manifestPath, cancellationToken) ?? throw new EvidenceException($"{store.Place} holds no {manifestPath}");
        try
        {
            return new EvidencePackage(store, ManifestJson.Read(await Chain.BytesAsync(content, cancellationToken)));
        }
        catch (FormatException exception)
        {
            throw new EvidenceException($"{store.Place}/{manifestPath}: {exception.Message}", exception);
        }
    }

    /// <summary>The manifests the chain names, in its order.</summary>
    public static async IAsyncEnumerable<string> AllAsync(IEvidenceStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(ChainLink.Root, after: null, cancellationToken))
        {
            if (Chain.SequenceOf(path) is null)
                continue;
            yield return (await LinkAsync(store, path, cancellationToken)).Link.Manifest;
        }
    }

    /// <summary>A link with its bytes.</summary>
    /// <exception cref="EvidenceException">It cannot be read.</exception>
    internal static async Task<(ReadOnlyMemory<byte> Bytes, ChainLink Link)> LinkAsync(IEvidenceStore store, string path, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenAsync(path, cancellationToken) ?? throw new EvidenceException($"{store.Place}/{path} has vanished while the chain was read");
        var bytes = await Chain.BytesAsync(content, cancellationToken);
        try
        {
            return (bytes, ChainLink.Read(bytes));
        }
        catch (FormatException exception)
        {
            throw new EvidenceException($"{store.Place}/{path} is no link: {exception.Message}", exception);
        }
    }

    /// <summary>The policies and waivers it was judged by.</summary>
    /// <exception cref="EvidenceException">They cannot be read, by this version or at all.</exception>
    public async Task<PolicySet> PoliciesAsync(Vocabulary vocabulary, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await foreach (var line in LinesAsync(Policies, cancellationToken))
            lines.Add(line);
        return Readable(Policies, () => RecordedPolicies.Read(lines, vocabulary, manifest.StartedAt));
    }

    /// <summary>Every sheet, in the order of ARNs.</summary>
    /// <exception cref="EvidenceException">They cannot be read, by this version or at all.</exception>
    public async IAsyncEnumerable<Sheet> SheetsAsync(Vocabulary vocabulary, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new List<string>();
        await foreach (var line in LinesAsync(Facts, cancellationToken))
        {
            if (FactLines.Begins(line) && block.Count > 0)
            {
                yield return Readable(Facts, () => FactLines.Read(block, vocabulary.Find));
                block.Clear();
            }

            block.Add(line);
        }

        if (block.Count > 0)
            yield return Readable(Facts, () => FactLines.Read(block, vocabulary.Find));
    }

    /// <summary>The lines of a compressed file.</summary>
    internal async IAsyncEnumerable<string> LinesAsync(string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stored = await store.OpenAsync(manifest.Folder + name, cancellationToken) ?? throw new EvidenceException($"{store.Place} holds no {manifest.Folder}{name}");
        await using var content = new GZipStream(stored, CompressionMode.Decompress);
        using var reader = new StreamReader(content);
        while (await ReadAsync(reader, name, cancellationToken) is { } line)
            yield return line;
    }

    /// <summary>Of a compressed file's content.</summary>
    internal async Task<string> ContentSha256Async(string name, CancellationToken cancellationToken)
    {
        await using var stored = await store.OpenAsync(manifest.Folder + name, cancellationToken) ?? throw new EvidenceException($"{store.Place} holds no {manifest.Folder}{name}");
        await using var content = new GZipStream(stored, CompressionMode.Decompress);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private async Task<string?> ReadAsync(StreamReader reader, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new EvidenceException($"{store.Place}/{manifest.Folder}{name} cannot be read: {exception.Message}", exception);
        }
    }

    private T Readable<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new EvidenceException($"{store.Place}/{manifest.Folder}{name}: {exception.Message}", exception);
        }
    }
}
