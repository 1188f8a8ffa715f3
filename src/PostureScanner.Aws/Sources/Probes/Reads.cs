using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Probes;

/// <summary>Everything asked about one resource so far: each probe at most once, whoever needs it.</summary>
internal sealed class Reads<TSubject>(TSubject subject, CancellationToken stopReading)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Task> _asked = new(ReferenceEqualityComparer.Instance);

    public TSubject Subject => subject;

    public CancellationToken StopReading => stopReading;

    public Task<Reading<TAnswer>> OfAsync<TAnswer>(Probe<TSubject, TAnswer> probe)
    {
        lock (_lock)
        {
            if (_asked.TryGetValue(probe, out var asked))
                return (Task<Reading<TAnswer>>)asked;
            var asking = probe.AskAsync(this);
            _asked.Add(probe, asking);
            return asking;
        }
    }

    public bool HasAsked<TAnswer>(Probe<TSubject, TAnswer> probe)
    {
        lock (_lock)
            return _asked.ContainsKey(probe);
    }

    /// <summary>The answer to a probe where somebody needed it, else Unknown: nothing was asked.</summary>
    public Task<Reading<TAnswer>> IfAskedAsync<TAnswer>(Probe<TSubject, TAnswer> probe)
    {
        lock (_lock)
            return _asked.TryGetValue(probe, out var asked) ? (Task<Reading<TAnswer>>)asked : Task.FromResult(default(Reading<TAnswer>));
    }
}
