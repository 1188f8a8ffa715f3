using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace PostureScanner.Core.Scanning;

/// <summary>Counts the requests sent to AWS, repetitions included, and how many of them were throttled.</summary>
public sealed class CallTally
{
    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);
    private int _throttled;

    public int Throttled => Volatile.Read(ref _throttled);

    /// <summary>In the order of the operations' names.</summary>
    public ImmutableArray<(string Operation, int Count)> Sent =>
        [.. _sent.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value))];

    public void CountSent(string operation) => _sent.AddOrUpdate(operation, 1, static (_, count) => count + 1);

    public void CountThrottled() => Interlocked.Increment(ref _throttled);
}
