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
    public async Task<Aftermath> FinishAsync(Report report, string? evidence, CancellationToken cancellationToken)
    {
        if (_store is null || report.State is null)
            return new Aftermath(IsSaved: Problem is null, IsTold: Problem is null || _sinks.IsEmpty, IsOutrun: false, OutboxDepth: 0, []);

        var sentences = ImmutableArray.CreateBuilder<string>();
        var served = Served(report.State.Sinks, report.StartedAt);
        var outbox = report.State.Outbox.With(report.Alerts, served.Keys, alert => Fails(report.State, alert), report.StartedAt, out var dropped);
        var state = report.State with { Outbox = outbox, Sinks = served };
        try
        {
            if (await _store.WriteAsync(state, _before?.Version, cancellationToken) is not { } version)
            {
                sentences.Add("another scanner has saved its state meanwhile; this run's is not saved and it tells nobody, for the other one does; nothing is lost");
                return new Aftermath(IsSaved: true, IsTold: true, IsOutrun: true, Depth(outbox), sentences.ToImmutable());
            }

            foreach (var old in dropped.GroupBy(d => string.Join(", ", d.Sinks), StringComparer.Ordinal))
                sentences.Add($"{Printable.Count(old.Count(), "alert")} for {old.Key} waited for {Outbox.KeptFor.Days} days and {(old.Count() == 1 ? "was" : "were")} dropped: {string.Join("; ", old.Take(3).Select(d => Headlines.Of(d.Alert)))}");
            var isTold = true;
            foreach (var sink in _sinks)
            {
                var (taken, problems) = await TellAsync(sink, AlertMessage.Of(outbox.For(sink.Id), report.ScanId).Select(m => m.Alerts.All(a => a.ScanId == report.ScanId) ? m with { Evidence = evidence } : m), cancellationToken);
                outbox = outbox.Taken(sink.Id, taken);
                isTold &= problems.IsEmpty;
                sentences.AddRange(problems);
                if (outbox.For(sink.Id) is { IsEmpty: false } left)
                    sentences.Add($"{Printable.Count(left.Length, "alert")} for {sink.Id} will be sent by the next run");
            }

            foreach (var absent in outbox.SelectMany(e => e.Sinks).Except(_sinks.Select(s => s.Id), StringComparer.Ordinal))
                sentences.Add($"{Printable.Count(outbox.For(absent).Length, "alert")} still waiting for {absent}, to which this run does not send");
            if (outbox.SequenceEqual(state.Outbox))
                return new Aftermath(IsSaved: true, isTold, IsOutrun: false, Depth(outbox), sentences.ToImmutable());
            if (await _store.WriteAsync(state with { Outbox = outbox }, version, cancellationToken) is null)
                sentences.Add("another scanner has saved its state before this run could strike out what it has sent; some alerts will come twice, with the same ids");
            return new Aftermath(IsSaved: true, isTold, IsOutrun: false, Depth(outbox), sentences.ToImmutable());
        }
        catch (SnapshotException exception)
        {
            sentences.Add(exception.Message);
            return new Aftermath(IsSaved: false, IsTold: false, IsOutrun: false, Depth(outbox), sentences.ToImmutable());
        }
    }

    // Of this run's own sinks: those of another are another's to empty.
    private int Depth(ImmutableArray<OutboxEntry> outbox) => outbox.Count(e => _sinks.Any(s => e.Sinks.Contains(s.Id, StringComparer.Ordinal)));

    // A sink that this run lacks is kept in mind for as long as alerts are: a scan by hand must not swallow what the schedule would have told.
    private ImmutableSortedDictionary<string, DateTimeOffset> Served(ImmutableSortedDictionary<string, DateTimeOffset> before, DateTimeOffset now) =>
        before.RemoveRange(before.Where(s => now - s.Value > Outbox.KeptFor).Select(s => s.Key)).SetItems(_sinks.Select(s => KeyValuePair.Create(s.Id, now)));

    private static bool Fails(Snapshot state, Alert alert) =>
        state.Resources.GetValueOrDefault(alert.Resource?.Arn ?? "")?.Findings.GetValueOrDefault(alert.PolicyId ?? "")?.Last == Verdict.Fail;

    private static async Task<(ImmutableArray<Alert> Taken, ImmutableArray<string> Problems)> TellAsync(ISink sink, IEnumerable<AlertMessage> messages, CancellationToken cancellationToken)
    {
        var taken = ImmutableArray.CreateBuilder<Alert>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var message in messages)
        {
            try
            {
                await sink.SendAsync(message, cancellationToken);
                taken.AddRange(message.Alerts);
            }
            catch (SinkException exception)
            {
                problems.Add(exception.Message);
                // A topic that is not there takes nothing; one message that is refused must not stand in the way of the others.
                if (!exception.IsOfMessage)
                    break;
            }
            // Broad on purpose: whatever one sink does, the others are told, and what was taken is struck out.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                problems.Add($"{sink.Id} did not take the alert: {exception.GetType().Name}");
                break;
            }
        }

        return (taken.ToImmutable(), problems.ToImmutable());
    }
}

/// <summary>How a run ended after its report was made.</summary>
/// <param name="IsSaved">The state stands, this run's or that of a scanner that was faster.</param>
/// <param name="IsTold">Every sink took everything.</param>
/// <param name="IsOutrun">Another scanner was faster: it tells what there is to tell, and this run does nothing more.</param>
/// <param name="OutboxDepth">Alerts that some sink has not taken.</param>
/// <param name="Sentences">What went wrong or was left undone, for people.</param>
public sealed record Aftermath(bool IsSaved, bool IsTold, bool IsOutrun, int OutboxDepth, ImmutableArray<string> Sentences);
