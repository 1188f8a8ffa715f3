using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Core.Scanning;

/// <summary>Tells what waits in a saved state's outbox, and strikes out what was taken.</summary>
/// <param name="Dropped">What waited too long; it is said, and not told.</param>
internal sealed record Telling(ISnapshotStore Store, ImmutableArray<ISink> Sinks, ImmutableArray<OutboxEntry> Dropped)
{
    public async Task<Aftermath> TellAsync(StoredSnapshot stored, string? evidence, Deadline deadline)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        foreach (var old in Dropped.GroupBy(d => string.Join(", ", d.Sinks), StringComparer.Ordinal))
            sentences.Add($"{Printable.Count(old.Count(), "alert")} for {old.Key} waited for {Outbox.KeptFor.Days} days and {(old.Count() == 1 ? "was" : "were")} dropped: {string.Join("; ", old.Take(3).Select(d => Headlines.Of(d.Alert)))}");
        var outbox = stored.Snapshot.Outbox;
        var isTold = true;
        foreach (var sink in Sinks)
        {
            using var limit = deadline.Half();
            var (taken, problems) = await TellAsync(sink, AlertMessage.Of(outbox.For(sink.Id), stored.Snapshot.ScanId).Select(m => m.Alerts.All(a => a.ScanId == stored.Snapshot.ScanId) ? m with { Evidence = evidence } : m), limit.Token);
            outbox = outbox.Taken(sink.Id, taken);
            isTold &= problems.IsEmpty;
            sentences.AddRange(problems);
            if (outbox.For(sink.Id) is { IsEmpty: false } left)
                sentences.Add($"{Printable.Count(left.Length, "alert")} for {sink.Id} will be sent by the next run");
        }

        foreach (var absent in outbox.SelectMany(e => e.Sinks).Except(Sinks.Select(s => s.Id), StringComparer.Ordinal))
            sentences.Add($"{Printable.Count(outbox.For(absent).Length, "alert")} still waiting for {absent}, to which this run does not send");
        var isSaved = true;
        using var striking = deadline.Half();
        try
        {
            if (!outbox.SequenceEqual(stored.Snapshot.Outbox) && await Store.WriteAsync(stored.Snapshot with { Outbox = outbox }, stored.Version, striking.Token) is null)
                sentences.Add("another scanner has saved its state before this run could strike out what it has sent; some alerts will come twice, with the same ids");
        }
        catch (SnapshotException exception)
        {
            isSaved = false;
            sentences.Add(exception.Message);
        }
        catch (OperationCanceledException) when (striking.IsCancellationRequested)
        {
            isSaved = false;
            sentences.Add("out of time: what was sent may not be struck out; some alerts may come twice, with the same ids");
        }

        return new Aftermath(isSaved, isTold, IsOutrun: false, Depth(outbox), sentences.ToImmutable());
    }

    /// <summary>Of this run's own sinks: those of another are another's to empty.</summary>
    public int Depth(ImmutableArray<OutboxEntry> outbox) => outbox.Count(e => Sinks.Any(s => e.Sinks.Contains(s.Id, StringComparer.Ordinal)));

    private static async Task<(ImmutableArray<Alert> Taken, ImmutableArray<string> Problems)> TellAsync(ISink sink, IEnumerable<AlertMessage> messages, CancellationToken cancellationToken)
    {
        var taken = ImmutableArray.CreateBuilder<Alert>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var message in messages)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                problems.Add($"{sink.Id} was not told everything: out of time");
                break;
            }

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
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                problems.Add($"{sink.Id} did not take the alert: out of time");
                break;
            }
            // Broad on purpose: whatever one sink does, the others are told, and what was taken is struck out.
            catch (Exception exception)
            {
                problems.Add($"{sink.Id} did not take the alert: {exception.GetType().Name}");
                break;
            }
        }

        return (taken.ToImmutable(), problems.ToImmutable());
    }
}
