using PostureScanner.Aws;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli;

/// <summary>What one run knows of the last one.</summary>
internal sealed class ScanMemory
{
    public static readonly ScanMemory None = new(null, null, DriftRules.Default, isUsable: true);

    private readonly ISnapshotStore? _store;
    private readonly StoredSnapshot? _before;
    private readonly DriftRules _rules;
    private readonly bool _isUsable;

    private ScanMemory(ISnapshotStore? store, StoredSnapshot? before, DriftRules rules, bool isUsable)
    {
        _store = store;
        _before = before;
        _rules = rules;
        _isUsable = isUsable;
    }

    /// <summary>A state that cannot be used is said, and the scan goes on without: its findings are worth having all the same.</summary>
    public static async Task<ScanMemory> OpenAsync(ISnapshotStore store, DriftRules rules, Terminal terminal)
    {
        try
        {
            return new ScanMemory(store, await store.ReadAsync(CancellationToken.None), rules, isUsable: true);
        }
        catch (SnapshotException exception)
        {
            await terminal.Error.WriteLineAsync(Printable.Of($"posture: {exception.Message}"));
            return new ScanMemory(store, null, rules, isUsable: false);
        }
    }

    public Report Compare(Report report, PolicySet policies) =>
        _store is null || !_isUsable ? report : report.ComparedWith(_before?.Snapshot, policies, AwsComposition.Vocabulary, _rules);

    /// <returns>False where the state could not be read or saved, which makes the run incomplete.</returns>
    public async Task<bool> SaveAsync(Report report, Terminal terminal)
    {
        if (_store is null || report.State is not { } state)
            return _isUsable;
        try
        {
            if (!await _store.WriteAsync(state, _before?.Version, CancellationToken.None))
                await terminal.Error.WriteLineAsync("posture: another scanner has saved its state meanwhile; this run's is not saved, and nothing is lost");
            return true;
        }
        catch (SnapshotException exception)
        {
            await terminal.Error.WriteLineAsync(Printable.Of($"posture: {exception.Message}"));
            return false;
        }
    }
}
