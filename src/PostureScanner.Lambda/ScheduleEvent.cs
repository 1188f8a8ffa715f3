using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
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
                throw new SettingsException($"the event names '{target?.Account}' as a target's account; accounts have 12 digits, and are best written in quotes, which keep the zeros they begin with");
            if (!only.TryAdd(account, [.. target.Regions ?? []]))
                throw new SettingsException($"the event names the account {account} twice");
        }

        return only.ToImmutable();
    }
}

/// <param name="Regions">None for those of the settings.</param>
internal sealed record EventTarget(
    [property: JsonPropertyName("account"), JsonConverter(typeof(AccountJson))] string? Account = null,
    [property: JsonPropertyName("regions")] IReadOnlyList<string>? Regions = null);

/// <summary>An account as text, or as the number that who writes by hand makes of it.</summary>
internal sealed class AccountJson : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        // As it is written: what is no account is then refused as it is written.
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        _ => throw new JsonException("a target's account is written \"111122223333\""),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
