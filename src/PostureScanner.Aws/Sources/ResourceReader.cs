using System.Threading.Channels;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Sources;

/// <summary>Reads the wanted facts of many resources at once, whatever their kind.</summary>
internal sealed class ResourceReader<TSubject>(
    FactRows<TSubject> rows, FactSelection wanted, ApiCaller caller, ChannelWriter<SourceItem> output, CancellationToken stopReading)
    where TSubject : ISubject
{
    private const int AtOnce = 24;

    private readonly (Fact Fact, FactRow<TSubject> Row)[] _rows = [.. wanted.Facts.Select(fact => (fact, rows.RowOf(fact)))];
    private readonly (Fact Fact, FactRow<TSubject> Row)[] _wanted = [.. wanted.Facts.Where(wanted.IsWanted).Select(fact => (fact, rows.RowOf(fact)))];
    private readonly List<Held> _held = [];

    private bool Joins => _wanted.Any(r => r.Row.Join is not null);

    /// <summary>Reads resources and gives their sheets, or holds these back where a fact needs the other resources too.</summary>
    public Task ReadAsync(IEnumerable<TSubject> subjects) => ForEachAsync(subjects, async subject =>
    {
        var reads = new Reads<TSubject>(subject, stopReading);
        var readings = await ReadAsync(reads);
        var members = await rows.MembersAsync(reads);
        var sheet = new Sheet(subject.Resource, wanted, readings, members);
        await output.WriteAsync(SourceItem.Asked.One, CancellationToken.None);
        if (!_wanted.Any(r => r.Row.Join?.Waits(subject) == true))
        {
            await output.WriteAsync(new SourceItem.Read(sheet), CancellationToken.None);
            return;
        }

        lock (_held)
            _held.Add(new Held(subject, sheet, readings));
    });

    private async Task<Reading<FactValue>[]> ReadAsync(Reads<TSubject> reads)
    {
        var asked = await Task.WhenAll(_wanted.Select(r => ReadAsync(r.Row, r.Fact, reads)));
        var readings = new Reading<FactValue>[_rows.Length];
        // Only now is it known what the answers bring along.
        for (int i = 0, next = 0; i < _rows.Length; i++)
        {
            var (fact, row) = _rows[i];
            if (wanted.IsWanted(fact))
                readings[i] = asked[next++];
            else if (row.IsFree?.Invoke(reads) == true)
                readings[i] = await ReadAsync(row, fact, reads);
        }

        return readings;
    }

    private async Task<Reading<FactValue>> ReadAsync(FactRow<TSubject> row, Fact fact, Reads<TSubject> reads)
    {
        try
        {
            return await row.ReadAsync(reads, fact);
        }
        // Broad on purpose: an answer that is well-formed and senseless must cost one fact, and never the scan.
        catch (Exception exception)
        {
            return caller.Unreadable<FactValue>(row.Fact.Calls[0].Operation, exception.Message);
        }
    }

    /// <summary>Asks of resources that are not wanted themselves what the joined facts of the others need.</summary>
    public Task ReadForOthersAsync(IEnumerable<TSubject> subjects) => ForEachAsync(Joins ? subjects : [], subject =>
    {
        var reads = new Reads<TSubject>(subject, stopReading);
        return Task.WhenAll(_wanted.Where(r => r.Row.Join is not null).Select(r => ReadAsync(r.Row, r.Fact, reads)));
    });

    /// <summary>Every resource of the account has been asked: completes the sheets that were held back.</summary>
    public async Task JoinAsync()
    {
        foreach (var (subject, sheet, readings) in _held)
        {
            var joined = await Task.WhenAll(_rows.Zip(readings, (r, reading) =>
                wanted.IsWanted(r.Fact) && r.Row.Join is { } join && join.Waits(subject) ? join.CompleteAsync(subject, reading) : Task.FromResult(reading)));
            await output.WriteAsync(new SourceItem.Read(new Sheet(sheet.Resource, wanted, joined, sheet.Members)), CancellationToken.None);
        }

        _held.Clear();
    }

    // Not cancelled by stopReading: every resource gets its sheet, if only one of Unknown readings.
    private static Task ForEachAsync(IEnumerable<TSubject> subjects, Func<TSubject, Task> read) =>
        Parallel.ForEachAsync(subjects, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (subject, _) => await read(subject));

    private sealed record Held(TSubject Subject, Sheet Sheet, Reading<FactValue>[] Readings);
}
