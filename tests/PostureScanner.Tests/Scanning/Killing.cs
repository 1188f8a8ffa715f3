using PostureScanner.Core.Drift;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Tests.Scanning;

/// <summary>Counts a run's calls to stores and sinks, and ends the run after one of them, when that has had its effect.</summary>
/// <param name="after">The number of the call; null to count only.</param>
internal sealed class Killing(int? after)
{
    public int Count { get; private set; }

    public ISnapshotStore Of(ISnapshotStore store) => new KilledStore(this, store);

    public ISink Of(ISink sink) => new KilledSink(this, sink);

    // What is dead stays dead, whoever catches what.
    private void Calling()
    {
        if (Count >= after)
            throw new KilledException();
    }

    private void Called()
    {
        if (++Count == after)
            throw new KilledException();
    }

    private sealed class KilledStore(Killing killing, ISnapshotStore store) : ISnapshotStore
    {
        public async Task<StoredSnapshot?> ReadAsync(CancellationToken cancellationToken)
        {
            killing.Calling();
            var read = await store.ReadAsync(cancellationToken);
            killing.Called();
            return read;
        }

        public async Task<string?> WriteAsync(Snapshot snapshot, string? expected, CancellationToken cancellationToken)
        {
            killing.Calling();
            var version = await store.WriteAsync(snapshot, expected, cancellationToken);
            killing.Called();
            return version;
        }
    }

    private sealed class KilledSink(Killing killing, ISink sink) : ISink
    {
        public string Id => sink.Id;

        public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            killing.Calling();
            await sink.SendAsync(message, cancellationToken);
            killing.Called();
        }
    }
}

/// <summary>The process ends here: nobody catches it.</summary>
internal sealed class KilledException() : Exception("killed");
