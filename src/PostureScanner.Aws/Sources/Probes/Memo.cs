using System.Collections.Concurrent;

namespace PostureScanner.Aws.Sources.Probes;

/// <summary>Answers that many resources share, such as one key behind a thousand tables: each is asked for once.</summary>
internal sealed class Memo<TKey, TAnswer>(Func<TKey, Task<TAnswer>> ask)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TAnswer>>> _answers = new();

    public Task<TAnswer> OfAsync(TKey key) => _answers.GetOrAdd(key, k => new Lazy<Task<TAnswer>>(() => ask(k))).Value;
}
