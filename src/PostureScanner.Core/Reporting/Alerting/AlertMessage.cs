using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Alerting;

/// <summary>What makes alerts stand in one message.</summary>
public enum MessageKind
{
    /// <summary>One alert by itself.</summary>
    Change,

    /// <summary>The first look at some targets.</summary>
    Baseline,

    /// <summary>More changes than anybody wants one by one.</summary>
    Digest,

    /// <summary>Everything that was told before and still fails.</summary>
    Reminder,
}

/// <summary>What a sink is given at once.</summary>
/// <param name="Alerts">At least one, worst first.</param>
public sealed record AlertMessage(MessageKind Kind, ImmutableArray<Alert> Alerts)
{
    /// <summary>Changes of one scan beyond which there is one digest.</summary>
    public const int MostByThemselves = 10;

    /// <summary>The same whenever the same alerts are told.</summary>
    public string Id => Alerts is [var only] ? only.Id : Alert.IdOf(Alerts);

    /// <summary>Where this scan's evidence stands, and the head of its chain, which so lies with whoever keeps the message; null where none was kept.</summary>
    public string? Evidence { get; init; }

    /// <summary>The highest in the message.</summary>
    public Severity Severity => Alerts.Min(a => a.Severity);

    /// <summary>Nothing in it is bad news.</summary>
    public bool IsGood => Alerts.All(a => a.Word is "recovered" or "target-back");

    /// <summary>The messages for what waits: what was missed earlier and what is new are told apart, reminders together.</summary>
    /// <param name="waiting">Oldest scan first.</param>
    public static IEnumerable<AlertMessage> Of(IReadOnlyCollection<Alert> waiting, string scanId)
    {
        var changes = waiting.Where(a => !a.IsReminder).ToList();
        foreach (var message in OfChanges(changes.Where(a => a.ScanId != scanId)).Concat(OfChanges(changes.Where(a => a.ScanId == scanId))))
            yield return message;
        if (waiting.Where(a => a.IsReminder).ToImmutableArray() is { IsEmpty: false } reminders)
            yield return new AlertMessage(MessageKind.Reminder, reminders);
    }

    private static IEnumerable<AlertMessage> OfChanges(IEnumerable<Alert> alerts)
    {
        var all = alerts.ToList();
        foreach (var baseline in all.Where(a => a.Word == Alert.Baseline))
            yield return new AlertMessage(MessageKind.Baseline, [baseline]);
        ImmutableArray<Alert> changes = [.. all.Where(a => a.Word != Alert.Baseline).OrderBy(a => a.Severity)];
        if (changes.Length > MostByThemselves)
        {
            yield return new AlertMessage(MessageKind.Digest, changes);
            yield break;
        }

        foreach (var change in changes)
            yield return new AlertMessage(MessageKind.Change, [change]);
    }
}
