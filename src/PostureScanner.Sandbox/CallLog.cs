using System.Collections.Concurrent;

namespace PostureScanner.Sandbox;

/// <summary>Counts every request that named an operation, whatever became of it: denied, throttled and hanging ones too.</summary>
public sealed class CallLog
{
    private readonly ConcurrentDictionary<(string Operation, string Name, string Region), int> calls = new();

    /// <summary>Calls by operation, as <c>dynamodb:DescribeTable</c>, in ordinal order.</summary>
    public IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var (call, count) in calls)
                counts[call.Operation] = counts.GetValueOrDefault(call.Operation) + count;
            return counts;
        }
    }

    public int Total => calls.Values.Sum();

    /// <summary>Calls of one operation; <paramref name="name"/> is the table, bucket or key it was about.</summary>
    public int Of(string operation, string? name = null, string? region = null) => calls
        .Where(call => call.Key.Operation == operation
            && (name is null || call.Key.Name == name)
            && (region is null || call.Key.Region == region))
        .Sum(call => call.Value);

    public void Clear() => calls.Clear();

    internal void Add(string operation, string name, string region) =>
        calls.AddOrUpdate((operation, name, region), 1, (_, count) => count + 1);
}
