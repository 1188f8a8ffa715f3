using System.Collections.Immutable;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws;

/// <summary>Settings as people write them, the same for every host.</summary>
public static class SettingText
{
    public static ImmutableSortedDictionary<string, Pace> Paces { get; } = Words(("documented", Pace.Documented), ("full", Pace.Full), ("off", Pace.Off));

    /// <summary>Each with its name in S3.</summary>
    public static ImmutableSortedDictionary<string, string> RetentionModes { get; } = Words(("governance", "GOVERNANCE"), ("compliance", "COMPLIANCE"));

    /// <summary>One of a fixed set of words.</summary>
    /// <exception cref="SettingsException">Another word; the message lists those there are.</exception>
    public static T Word<T>(string text, IReadOnlyDictionary<string, T> words) =>
        words.TryGetValue(text, out var value) ? value : throw new SettingsException($"'{text}' is not one of {string.Join(", ", words.Keys)}");

    /// <exception cref="SettingsException">There is nothing in it.</exception>
    public static ImmutableArray<string> List(string text)
    {
        ImmutableArray<string> parts = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return parts.IsEmpty ? throw new SettingsException("the list is empty; leave it out for the default") : parts;
    }

    /// <summary>A duration of up to a day.</summary>
    /// <exception cref="SettingsException">It is none.</exception>
    public static TimeSpan Duration(string text) => Duration(text, TimeSpan.FromTicks(1), TimeSpan.FromDays(1), "up to a day; write 30s, 15m or 1h");

    /// <summary>How old something must be before it counts as news: nothing at all, or up to 30 days.</summary>
    /// <exception cref="SettingsException">It is none.</exception>
    public static TimeSpan Grace(string text) => Duration(text, TimeSpan.Zero, TimeSpan.FromDays(30), "0 to 30 days; write 0s, 1h or 2d");

    /// <summary>How long nothing is said again: a second to 366 days.</summary>
    /// <exception cref="SettingsException">It is none.</exception>
    public static TimeSpan RemindAfter(string text) => Duration(text, TimeSpan.FromSeconds(1), TimeSpan.FromDays(366), "a second to 366 days; write 12h or 7d");

    /// <summary>A duration of days.</summary>
    /// <exception cref="SettingsException">It is none.</exception>
    public static TimeSpan Days(string text) => Duration(text, TimeSpan.FromTicks(1), TimeSpan.FromDays(36_525), "up to a hundred years; write 400d");

    private static TimeSpan Duration(string text, TimeSpan shortest, TimeSpan longest, string advice) =>
        Durations.TryParse(text, out var duration) && duration >= shortest && duration <= longest
            ? duration
            : throw new SettingsException($"'{text}' is no duration of {advice}");

    private static ImmutableSortedDictionary<string, T> Words<T>(params (string Word, T Value)[] words) => words.ToImmutableSortedDictionary(w => w.Word, w => w.Value, StringComparer.Ordinal);
}
