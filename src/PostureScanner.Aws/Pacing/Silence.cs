using System.Collections.Concurrent;

namespace PostureScanner.Aws.Pacing;

/// <summary>Remembers which endpoints and operations have stopped answering, so that each costs its time once and not once per resource.</summary>
internal sealed class Silence
{
    private readonly ConcurrentDictionary<object, long> _lastAnswer = new();
    private readonly ConcurrentDictionary<object, bool> _silent = new();

    public bool Has(Api api) => _silent.ContainsKey(api.Endpoint) || _silent.ContainsKey(api);

    public void Answered(Api api, long now)
    {
        _lastAnswer[api.Endpoint] = now;
        _lastAnswer[api] = now;
    }

    /// <summary>A call has waited all its time in vain; where nothing else was answered meanwhile either, nobody else need wait.</summary>
    public void NoAnswer(Api api, long callStarted)
    {
        foreach (var key in new object[] { api.Endpoint, api })
        {
            if (!_lastAnswer.TryGetValue(key, out var last) || last < callStarted)
                _silent[key] = true;
        }
    }
}
