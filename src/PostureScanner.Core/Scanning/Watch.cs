using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Core.Scanning;

/// <summary>One scan among others: it knows the last one, tells what changed, and leaves its state to the next.</summary>
public sealed class Watch
{
    private readonly ISnapshotStore? _store;
    private readonly ImmutableArray<ISink> _sinks;
    private readonly DriftRules _rules;
    private readonly Vocabulary _vocabulary;
    private readonly StoredSnapshot? _before;

    private Watch(ISnapshotStore? store, ImmutableArray<ISink> sinks, DriftRules rules, Vocabulary vocabulary, StoredSnapshot? before, string? problem)
    {
        _store = store;
        _sinks = sinks;
        _rules = rules;
        _vocabulary = vocabulary;
        _before = before;
        Problem = problem;
    }

    /// <summary>Why the last state cannot be used; null where it can, or there is none. Never the same as a first scan.</summary>
    public string? Problem { get; }

    /// <summary>The state that was found; null where there is none, or none that can be used.</summary>
    public Snapshot? Last => _before?.Snapshot;

    /// <summary>Reads the last state, before anything else is asked: a state that cannot be used is no reason to scan for an hour first.</summary>
    /// <param name="store">Null where nothing is remembered; then nothing is a change, and there is nothing to tell.</param>
    public static async Task<Watch> OpenAsync(ISnapshotStore? store, ImmutableArray<ISink> sinks, DriftRules rules, Vocabulary vocabulary, CancellationToken cancellationToken)
    {
        try
        {
            return new Watch(store, sinks, rules, vocabulary, store is null ? null : await store.ReadAsync(cancellationToken), problem: null);
        }
        catch (SnapshotException exception)
        {
            return new Watch(store, sinks, rules, vocabulary, before: null, exception.Message);
        }
    }

    public Report Compare(Report report, PolicySet policies) =>
        _store is null || Problem is not null ? report : report.ComparedWith(_before?.Snapshot, policies, _vocabulary, _rules);

    /// <summary>
    /// Saves the state with what is to be told, tells it, and strikes out what was taken. In this order: after a crash anywhere the
    /// next run finds in the state whatever was not told.
    /// </summary>
    /// <param name="evidence">Where the scan's evidence stands, with the head of its chain; null where none was kept.</param>
    /// <param name="scheduledTime">The moment the scan was scheduled for; null where nobody scheduled it.</param>
    public async Task<Aftermath> FinishAsync(Report report, string? evidence, DateTimeOffset? scheduledTime, Deadline deadline)
    {
        if (_store is null || report.State is null)
            return new Aftermath(IsSaved: Problem is null, IsTold: Problem is null || _sinks.IsEmpty, IsOutrun: false, OutboxDepth: 0, []);

        var served = Served(report.State.Sinks, report.StartedAt);
        var outbox = report.State.Outbox.With(report.Alerts, served.Keys, alert => Fails(report.State, alert), report.StartedAt, out var dropped);
        // A scan by hand between two scheduled ones must not make the schedule's last moment new again.
        var state = report.State with { Outbox = outbox, Sinks = served, ScheduledTime = scheduledTime ?? _before?.Snapshot.ScheduledTime };
        var telling = new Telling(_store, _sinks, dropped);
        using var saving = deadline.Half();
        try
        {
            if (await _store.WriteAsync(state, _before?.Version, saving.Token) is not { } version)
                return new Aftermath(IsSaved: true, IsTold: true, IsOutrun: true, telling.Depth(outbox), ["another scanner has saved its state meanwhile; this run's is not saved and it tells nobody, for the other one does; nothing is lost"]);
            return await telling.TellAsync(new StoredSnapshot(state, version), evidence, deadline);
        }
        catch (SnapshotException exception)
        {
            return new Aftermath(IsSaved: false, IsTold: false, IsOutrun: false, telling.Depth(outbox), [exception.Message]);
        }
        catch (OperationCanceledException) when (saving.IsCancellationRequested)
        {
            return new Aftermath(IsSaved: false, IsTold: false, IsOutrun: false, telling.Depth(outbox), ["out of time: the state may not be saved, and nobody is told; the next run tells what this one found"]);
        }
    }

    /// <summary>Tells what the last run could not, and nothing else: there was no scan.</summary>
    public async Task<Aftermath> EmptyOutboxAsync(Deadline deadline)
    {
        if (_store is null || _before is null)
            return new Aftermath(IsSaved: Problem is null, IsTold: Problem is null, IsOutrun: false, OutboxDepth: 0, []);
        return await new Telling(_store, _sinks, Dropped: []).TellAsync(_before, evidence: null, deadline);
    }

    // A sink that this run lacks is kept in mind for as long as alerts are: a scan by hand must not swallow what the schedule would have told.
    private ImmutableSortedDictionary<string, DateTimeOffset> Served(ImmutableSortedDictionary<string, DateTimeOffset> before, DateTimeOffset now) =>
        before.RemoveRange(before.Where(s => now - s.Value > Outbox.KeptFor).Select(s => s.Key)).SetItems(_sinks.Select(s => KeyValuePair.Create(s.Id, now)));

    private static bool Fails(Snapshot state, Alert alert) =>
        state.Resources.GetValueOrDefault(alert.Resource?.Arn ?? "")?.Findings.GetValueOrDefault(alert.PolicyId ?? "")?.Last == Verdict.Fail;
}

/// <summary>How a run ended after its report was made.</summary>
/// <param name="IsSaved">The state stands, this run's or that of a scanner that was faster.</param>
/// <param name="IsTold">Every sink took everything.</param>
/// <param name="IsOutrun">Another scanner was faster: it tells what there is to tell, and this run does nothing more.</param>
/// <param name="OutboxDepth">Alerts that some sink has not taken.</param>
/// <param name="Sentences">What went wrong or was left undone, for people.</param>
public sealed record Aftermath(bool IsSaved, bool IsTold, bool IsOutrun, int OutboxDepth, ImmutableArray<string> Sentences);
