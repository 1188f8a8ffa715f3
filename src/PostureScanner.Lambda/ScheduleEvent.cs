using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PostureScanner.Aws;

namespace PostureScanner.Lambda;

/// <summary>What wakes the function: an EventBridge rule's event, EventBridge Scheduler's input, or a hand. Anything else in it is nobody's.</summary>
/// <param name="Time">The moment a rule ran for, as its events say it.</param>
/// <param name="ScheduledTime">The moment a schedule ran for, as its input says it: <c>&lt;aws.scheduler.scheduled-time&gt;</c>.</param>
/// <param name="Targets">The only accounts to look at; none for all.</param>
internal sealed record ScheduleEvent(
    [property: JsonPropertyName("time")] DateTimeOffset? Time = null,
    [property: JsonPropertyName("scheduledTime")] DateTimeOffset? ScheduledTime = null,
    [property: JsonPropertyName("targets")] IReadOnlyList<EventTarget>? Targets = null)
{
    /// <summary>Null where nothing was scheduled: such a run is never the same as another.</summary>
    public DateTimeOffset? Moment => ScheduledTime ?? Time;

    /// <exception cref="SettingsException">An account is none, or is named twice.</exception>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Only()
    {
        var only = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var target in Targets ?? [])
        {
            if (target?.Account is not { Length: 12 } account || !account.All(char.IsAsciiDigit))
                throw new SettingsException($"the event names '{target?.Account}' as a target's account; accounts have 12 digits");
            if (!only.TryAdd(account, [.. target.Regions ?? []]))
                throw new SettingsException($"the event names the account {account} twice");
        }

        return only.ToImmutable();
    }
}

/// <param name="Regions">None for those of the settings.</param>
internal sealed record EventTarget(
    [property: JsonPropertyName("account")] string? Account = null,
    [property: JsonPropertyName("regions")] IReadOnlyList<string>? Regions = null);
