using System.Globalization;

namespace PostureScanner.Core.Evidence;

/// <summary>Appends to the chain. The number of a link is its place: who finds it taken reads on and takes the next.</summary>
public static class Chain
{
    private const int MostAttempts = 100;

    /// <summary>Ten digits: an hourly chain gets there in a million years.</summary>
    private const long LastNumber = 9_999_999_999;

    /// <summary>Links a package that is complete.</summary>
    /// <exception cref="EvidenceException">The chain cannot be read or written.</exception>
    /// <param name="known">A link that is known already; null to look from the beginning.</param>
    public static async Task<ChainHead> AppendAsync(IEvidenceStore store, string manifest, string manifestSha256, Signer? signer, ChainHead? known, CancellationToken cancellationToken)
    {
        var head = await HeadAsync(store, known, cancellationToken) ?? known;
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (head?.Sequence >= LastNumber)
                throw new EvidenceException($"{store.Place}/{ChainLink.PathOf(head.Sequence)} has the last number a link can have: somebody put it there; verify the evidence, and begin another root");
            var link = new ChainLink((head?.Sequence ?? 0) + 1, manifest, manifestSha256, head?.Sha256);
            if (signer is not null)
                link = link with { Signature = new LinkSignature(signer.Algorithm, signer.KeyId, await signer.SignAsync(link.SignedBytes(signer.Algorithm, signer.KeyId), cancellationToken)) };
            var bytes = link.Bytes;
            using var content = new MemoryStream(bytes, writable: false);
            if (await store.CreateAsync(ChainLink.PathOf(link.Sequence), content, cancellationToken))
                return new ChainHead(link.Sequence, ChainLink.Hash(bytes));
            // Another scanner was faster. Its link may take a moment to be seen whole.
            head = await HeadAsync(store, head, cancellationToken) ?? head;
        }

        throw new EvidenceException($"{store.Place}/{ChainLink.Root} takes no further link: another scanner was faster {MostAttempts.ToString(CultureInfo.InvariantCulture)} times");
    }

    /// <summary>The newest link; null where there is none.</summary>
    /// <param name="after">A link that is known already.</param>
    public static async Task<ChainHead?> HeadAsync(IEvidenceStore store, ChainHead? after, CancellationToken cancellationToken)
    {
        string? last = null;
        await foreach (var path in store.ListAsync(ChainLink.Root, after is null ? null : ChainLink.PathOf(after.Sequence), cancellationToken))
            last = SequenceOf(path) is null ? last : path;
        if (last is null)
            return null;
        await using var content = await store.OpenAsync(last, cancellationToken) ?? throw new EvidenceException($"{store.Place}/{last} has vanished while the chain was read");
        return new ChainHead(SequenceOf(last)!.Value, ChainLink.Hash((await BytesAsync(content, cancellationToken)).Span));
    }

    /// <summary>The number a link's path says; null where it is no link's.</summary>
    internal static long? SequenceOf(string path) =>
        path.Length == ChainLink.PathOf(1).Length && path.EndsWith(".json", StringComparison.Ordinal)
        && long.TryParse(path.AsSpan(ChainLink.Root.Length, 10), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0
            ? sequence
            : null;

    internal static async Task<ReadOnlyMemory<byte>> BytesAsync(Stream content, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellationToken);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }
}
