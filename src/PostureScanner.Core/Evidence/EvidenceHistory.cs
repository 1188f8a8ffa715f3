using System.Collections.Immutable;

namespace PostureScanner.Core.Evidence;

/// <summary>The newest scans of the chain, oldest first, and its head before the one that is being made.</summary>
/// <param name="Head">Null where there is no chain yet.</param>
public sealed record EvidenceHistory(ImmutableArray<Manifest> Scans, ChainHead? Head)
{
    public static readonly EvidenceHistory None = new([], null);

    /// <summary>Read at once, for each is a question to a store that may be far away.</summary>
    private const int AtOnce = 8;

    /// <exception cref="EvidenceException">The chain or a manifest cannot be read.</exception>
    public static async Task<EvidenceHistory> LastAsync(IEvidenceStore store, int count, CancellationToken cancellationToken)
    {
        var last = new Queue<string>(count);
        await foreach (var path in store.ListAsync(ChainLink.Root, after: null, cancellationToken))
        {
            if (Chain.SequenceOf(path) is null)
                continue;
            if (last.Count == count)
                last.Dequeue();
            last.Enqueue(path);
        }

        var manifests = new Manifest[last.Count];
        ChainHead? head = null;
        await Parallel.ForEachAsync(last.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (link, token) =>
        {
            var (bytes, named) = await EvidencePackage.LinkAsync(store, link.Item, token);
            if (link.Index == manifests.Length - 1)
                head = new ChainHead(named.Sequence, ChainLink.Hash(bytes.Span));
            manifests[link.Index] = (await EvidencePackage.OpenAsync(store, named.Manifest, token)).Manifest;
        });
        return new EvidenceHistory([.. manifests], head);
    }
}
