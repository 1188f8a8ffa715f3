using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;

namespace PostureScanner.Core.Evidence;

/// <summary>Hashes everything again, walks the chain, and names whatever is not as it was written.</summary>
public sealed class EvidenceVerifier
{
    /// <summary>Packages hashed at once.</summary>
    private const int AtOnce = 4;

    private readonly IEvidenceStore _store;
    private readonly VerifyOrder _order;
    private readonly IProgress<int>? _progress;
    private readonly ConcurrentBag<EvidenceProblem> _problems = [];
    private readonly ConcurrentBag<DateTimeOffset> _times = [];
    private readonly ConcurrentBag<string> _incomplete = [];
    private int _files;
    private int _packages;

    private EvidenceVerifier(IEvidenceStore store, VerifyOrder order, IProgress<int>? progress)
    {
        _store = store;
        _order = order;
        _progress = progress;
    }

    /// <param name="progress">Told how many packages have been verified.</param>
    /// <exception cref="EvidenceException">The store cannot be listed or read.</exception>
    public static Task<Verification> VerifyAsync(IEvidenceStore store, VerifyOrder order, IProgress<int>? progress, CancellationToken cancellationToken) =>
        new EvidenceVerifier(store, order, progress).VerifyAsync(cancellationToken);

    private async Task<Verification> VerifyAsync(CancellationToken cancellationToken)
    {
        var chain = new ChainVerifier(_store, _order, Problem);
        await chain.WalkAsync(cancellationToken);
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(FoldersAsync(cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (package, token) =>
        {
            var manifest = package.Folder + Manifest.FileName;
            seen[manifest] = true;
            await VerifyAsync(package.Folder, package.Files, chain.ByManifest.GetValueOrDefault(manifest), token);
            _progress?.Report(Interlocked.Increment(ref _packages));
        });
        foreach (var (path, link) in chain.ByManifest.Where(m => !seen.ContainsKey(m.Key)))
            Problem(path, $"is missing, and with it its package; {ChainLink.PathOf(link.Sequence)} names it");

        ImmutableArray<DateTimeOffset> times = [.. _times.Order()];
        return new Verification(
            [.. _problems.OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Message, StringComparer.Ordinal)],
            [.. _incomplete.Order(StringComparer.Ordinal)],
            [.. Missing(times)],
            chain.Head,
            chain.ByManifest.Count,
            _files,
            times.IsEmpty ? null : times[0],
            times.IsEmpty ? null : times[^1],
            chain.Signed);
    }

    /// <summary>Everything below <c>scans/</c>, package by package.</summary>
    private async IAsyncEnumerable<(string Folder, ImmutableArray<string> Files)> FoldersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var current = "";
        await foreach (var path in _store.ListAsync("", after: null, cancellationToken))
        {
            if (path.StartsWith(ChainLink.Root, StringComparison.Ordinal))
                continue;
            // scans/YYYY/MM/DD/package/file
            if (path.Split('/') is not ["scans", _, _, _, _, var file])
            {
                Problem(path, "does not belong here");
                continue;
            }

            var folder = path[..^file.Length];
            if (folder != current && files.Count > 0)
            {
                yield return (current, files.ToImmutable());
                files.Clear();
            }

            current = folder;
            files.Add(file);
        }

        if (files.Count > 0)
            yield return (current, files.ToImmutable());
    }

    private async Task VerifyAsync(string folder, ImmutableArray<string> files, ChainLink? link, CancellationToken cancellationToken)
    {
        var path = folder + Manifest.FileName;
        if (!files.Contains(Manifest.FileName, StringComparer.Ordinal))
        {
            if (link is null)
                _incomplete.Add(folder);
            else
                Problem(path, $"is missing; {ChainLink.PathOf(link.Sequence)} names it");
            return;
        }

        if (link is null)
        {
            Problem(path, "is an orphan: no link of the chain names it");
            return;
        }

        await using var content = await OpenAsync(path, cancellationToken);
        if (content is null)
            return;
        var bytes = await Chain.BytesAsync(content, cancellationToken);
        Interlocked.Increment(ref _files);
        if (ChainLink.Hash(bytes.Span) != link.ManifestSha256)
        {
            // What it says of its files is worth nothing then, but they may be as the true one said: nobody can tell.
            Problem(path, $"was changed: its SHA-256 is not the one that {ChainLink.PathOf(link.Sequence)} names");
            return;
        }

        if (Read(path, bytes) is not { } manifest)
            return;
        if (manifest.Folder != folder)
            Problem(path, $"is the manifest of {manifest.Folder}");
        _times.Add(manifest.StartedAt);
        foreach (var file in manifest.Files)
            await VerifyAsync(folder, file, files, cancellationToken);
        foreach (var extra in files.Except(manifest.Files.Select(f => f.Name), StringComparer.Ordinal).Where(f => f != Manifest.FileName))
            Problem(folder + extra, "was added: its manifest does not name it");
    }

    private async Task VerifyAsync(string folder, FileEntry file, ImmutableArray<string> there, CancellationToken cancellationToken)
    {
        var path = folder + file.Name;
        if (!there.Contains(file.Name, StringComparer.Ordinal))
        {
            Problem(path, "is missing; its manifest names it");
            return;
        }

        Interlocked.Increment(ref _files);
        await using var stored = await OpenAsync(path, cancellationToken);
        if (stored is null)
            return;
        using var through = new HashingReader(stored);
        var isCompressed = file.Name.EndsWith(PackageFile.Compressed, StringComparison.Ordinal);
        string? content = null;
        long length = 0;
        try
        {
            await using var unpacked = isCompressed ? new GZipStream(through, CompressionMode.Decompress, leaveOpen: true) : null;
            (content, length) = await HashAsync(unpacked ?? (Stream)through, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // Damage in the compressed bytes: the hash of these says so below.
        }

        await through.DrainAsync(cancellationToken);
        if (through.Sha256 != file.Sha256 || through.Count != file.Size)
            Problem(path, $"was changed: its SHA-256 is {through.Sha256}, not {file.Sha256}");
        else if (content != file.ContentSha256 || length != file.ContentSize)
            Problem(path, "holds another content than its manifest says");
    }

    private Manifest? Read(string path, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return ManifestJson.Read(bytes);
        }
        catch (FormatException exception)
        {
            Problem(path, $"is as it was written, but cannot be read: {exception.Message}");
            return null;
        }
    }

    private static async Task<(string Sha256, long Length)> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long length = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            length += read;
        }

        return (Convert.ToHexStringLower(hash.GetCurrentHash()), length);
    }

    /// <returns>Null where the file is one that nobody may read, which is a problem of its own and hides no other.</returns>
    private async Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.OpenAsync(path, cancellationToken) ?? throw new EvidenceException($"{_store.Place}/{path} vanished while it was verified");
        }
        catch (EvidenceException exception) when (exception.IsOfFile)
        {
            Problem(path, exception.Message);
            return null;
        }
    }

    /// <summary>The moments at which a scan was due and none began within half the time to the next.</summary>
    private IEnumerable<DateTimeOffset> Missing(ImmutableArray<DateTimeOffset> times)
    {
        if (_order.Schedule is not { } every)
            yield break;
        var ends = _order.Until is { } until ? times.Skip(1).Append(until) : times.Skip(1);
        foreach (var (earlier, later) in times.Zip(ends))
        {
            // Hourly scans are never quite an hour apart.
            for (var due = earlier + every; later - due > every / 2; due += every)
                yield return due;
        }
    }

    private void Problem(string path, string message) => _problems.Add(new EvidenceProblem(path, message));
}
