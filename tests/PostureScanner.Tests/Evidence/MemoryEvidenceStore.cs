using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using PostureScanner.Core.Evidence;

namespace PostureScanner.Tests.Evidence;

/// <summary>Evidence in memory, which a test can tamper with.</summary>
internal sealed class MemoryEvidenceStore : IEvidenceStore
{
    public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The path of a file that nobody may read.</summary>
    public string? Refused { get; set; }

    /// <summary>The number of the write after which the process ends; null where it does not.</summary>
    public int? KilledAfter { get; set; }

    public int Writes { get; private set; }

    public string Place => "memory";

    public async Task<bool> CreateAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        var isNew = Files.TryAdd(path, copy.ToArray());
        if (++Writes == KilledAfter)
            throw new InvalidOperationException("killed");
        return isNew;
    }

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) => path == Refused
        ? throw new EvidenceException("is a link") { IsOfFile = true }
        : Task.FromResult<Stream?>(Files.TryGetValue(path, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var path in Files.Keys.Where(p => p.StartsWith(prefix, StringComparison.Ordinal) && (after is null || string.CompareOrdinal(p, after) > 0)).Order(StringComparer.Ordinal))
            yield return path;
    }
}
