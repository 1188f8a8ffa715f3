using System.Runtime.InteropServices;

namespace PostureScanner.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the run to end, however long it takes to keep and tell what was found; the second ends the process as if nobody listened.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public Interruption() => _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Signalled), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Signalled)];

    public CancellationToken Token => _interrupted.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _interrupted.Dispose();
    }

    private void Signalled(PosixSignalContext signal)
    {
        if (Interlocked.Increment(ref _count) > 1)
            return;
        signal.Cancel = true;
        _interrupted.Cancel();
    }
}
