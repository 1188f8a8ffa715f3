using System.Collections.Immutable;

namespace PostureScanner.Core.Drift;

/// <summary>An alert, and who has not taken it yet.</summary>
/// <param name="Sinks">Ids of sinks, in order.</param>
public sealed record OutboxEntry(Alert Alert, ImmutableArray<string> Sinks);

/// <summary>What is yet to be told. It stands in the state, which is saved before anything is sent: so a crash tells twice rather than never.</summary>
public static class Outbox
{
    /// <summary>Older alerts are no news to anybody.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>Puts new alerts behind those that wait, and drops what is too old. A reminder is dropped when there is a newer one, or nothing left to remind of.</summary>
    /// <param name="sinks">Who is to be told.</param>
    /// <param name="stillFails">Whether what a reminder reminds of fails still.</param>
    /// <param name="dropped">Waited too long, and nobody took them.</param>
    public static ImmutableArray<OutboxEntry> With(
        this ImmutableArray<OutboxEntry> waiting, IReadOnlyCollection<Alert> alerts, IEnumerable<string> sinks, Func<Alert, bool> stillFails, DateTimeOffset now, out ImmutableArray<OutboxEntry> dropped)
    {
        dropped = [.. waiting.Where(e => now - e.Alert.At > KeptFor)];
        ImmutableArray<string> all = [.. sinks.Order(StringComparer.Ordinal)];
        var reminded = alerts.Where(a => a.IsReminder).Select(About).ToHashSet();
        var kept = waiting.Where(e => now - e.Alert.At <= KeptFor && !(e.Alert.IsReminder && (reminded.Contains(About(e.Alert)) || !stillFails(e.Alert))));
        var added = all.IsEmpty ? [] : alerts.Select(a => new OutboxEntry(a, all));
        return [.. kept, .. added];
    }

    private static (string? Arn, string? Policy) About(Alert alert) => (alert.Resource?.Arn, alert.PolicyId);

    public static ImmutableArray<Alert> For(this ImmutableArray<OutboxEntry> waiting, string sink) =>
        [.. waiting.Where(e => e.Sinks.Contains(sink, StringComparer.Ordinal)).Select(e => e.Alert)];

    /// <summary>A sink has taken some alerts; what all have taken is done.</summary>
    public static ImmutableArray<OutboxEntry> Taken(this ImmutableArray<OutboxEntry> waiting, string sink, IEnumerable<Alert> alerts)
    {
        var ids = alerts.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return [.. waiting.Select(e => ids.Contains(e.Alert.Id) ? e with { Sinks = e.Sinks.Remove(sink, StringComparer.Ordinal) } : e).Where(e => !e.Sinks.IsEmpty)];
    }
}
