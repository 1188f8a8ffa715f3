using System.Globalization;

namespace PostureScanner.Core.Evidence;

/// <summary>Walks the chain from its first link to its last.</summary>
internal sealed class ChainVerifier(IEvidenceStore store, VerifyOrder order, Action<string, string> problem)
{
    private readonly Dictionary<string, ChainLink> _byManifest = new(StringComparer.Ordinal);

    /// <summary>The links by the manifest they name.</summary>
    public IReadOnlyDictionary<string, ChainLink> ByManifest => _byManifest;

    public ChainHead? Head { get; private set; }

    public int Signed { get; private set; }

    public async Task WalkAsync(CancellationToken cancellationToken)
    {
        var noted = order.Head is null;
        await foreach (var path in store.ListAsync(ChainLink.Root, after: null, cancellationToken))
        {
            if (Chain.SequenceOf(path) is not { } sequence)
            {
                problem(path, "is no link, and does not belong here");
                continue;
            }

            var expected = (Head?.Sequence ?? 0) + 1;
            if (sequence != expected)
                problem(ChainLink.PathOf(expected), sequence - expected == 1 ? "is missing" : string.Create(CultureInfo.InvariantCulture, $"and the links up to {sequence - 1} are missing"));
            await using var content = await store.OpenAsync(path, cancellationToken);
            if (content is null)
            {
                problem(path, "vanished while it was read");
                continue;
            }

            var bytes = await Chain.BytesAsync(content, cancellationToken);
            var hash = ChainLink.Hash(bytes.Span);
            Check(path, bytes, sequence, isAfterGap: sequence != expected);
            Head = new ChainHead(sequence, hash);
            if (order.Head is { } head && head.Sequence == sequence)
            {
                noted = true;
                if (head.Sha256 != hash)
                    problem(path, $"is not the link that was noted as head: its SHA-256 is {hash}");
            }
        }

        if (!noted)
            problem(ChainLink.PathOf(order.Head!.Sequence), $"was noted as head and is missing: the chain ends at {(Head is null ? "nothing" : Head.Sequence.ToString(CultureInfo.InvariantCulture))}");
    }

    private void Check(string path, ReadOnlyMemory<byte> bytes, long sequence, bool isAfterGap)
    {
        ChainLink link;
        try
        {
            link = ChainLink.Read(bytes);
        }
        catch (FormatException exception)
        {
            problem(path, $"is no link: {exception.Message}");
            return;
        }

        if (!link.Bytes.AsSpan().SequenceEqual(bytes.Span))
            problem(path, "is not written as links are written: it was edited");
        if (link.Sequence != sequence)
            problem(path, string.Create(CultureInfo.InvariantCulture, $"says that it is link {link.Sequence}"));
        // After a gap nothing is known of the link before.
        if (!isAfterGap && link.PreviousSha256 != Head?.Sha256)
            problem(path, $"follows another link than the one before it ({link.PreviousSha256 ?? "none"}): the chain forks, or the link before was changed");
        if (!_byManifest.TryAdd(link.Manifest, link))
            problem(path, $"names a package that an earlier link names already: {link.Manifest}");
        if (order.Signature is { } key)
            CheckSignature(path, link, key);
    }

    private void CheckSignature(string path, ChainLink link, SignatureCheck key)
    {
        if (link.Signature is not { } signature)
            problem(path, "is not signed");
        else if (!key.IsValid(link.SignedBytes(signature.Algorithm, signature.KeyId), signature.Value, signature.Algorithm))
            problem(path, $"has no valid signature of {key.Description}");
        else
            Signed++;
    }
}
