using System.Collections.Immutable;

namespace PostureScanner.Core.Facts;

/// <summary>When a change of a fact is a weakening. Ages, sizes and counts move by themselves and never weaken anything.</summary>
public sealed record Worse
{
    private Worse(string name, Func<FactValue?, FactValue?, bool> isWorse)
    {
        Name = name;
        IsWorse = isWorse;
    }

    public string Name { get; }

    /// <summary>Given what was read before and after; null is "not configured".</summary>
    public Func<FactValue?, FactValue?, bool> IsWorse { get; }

    /// <summary>A protection that was on and is off.</summary>
    public static readonly Worse False = new("false", (before, after) =>
        before is FactValue.Flag { Value: true } && after is null or FactValue.Flag { Value: false });

    /// <summary>A number or a duration that shrank, or is gone.</summary>
    public static readonly Worse Lower = new("lower", (before, after) => before is not null && (after is null || Shrank(before, after)));

    /// <summary>A limit that was set, or that shrank: without one there is no end.</summary>
    public static readonly Worse LowerLimit = new("lower, or any where there was none", (before, after) => after is not null && (before is null || Shrank(before, after)));

    /// <summary>A list that lost an element.</summary>
    public static readonly Worse LostElement = new("lost-element", (before, after) => (before, after) switch
    {
        (FactValue.List b, FactValue.List a) => b.Values.Except(a.Values, StringComparer.Ordinal).Any(),
        (FactValue.List, null) => true,
        _ => false,
    });

    /// <summary>A text that left one of its good values.</summary>
    public static Worse Left(params ImmutableArray<string> good) => new($"left({string.Join("|", good)})", (before, after) =>
        before is FactValue.Text b && good.Contains(b.Value, StringComparer.Ordinal)
        && !(after is FactValue.Text a && good.Contains(a.Value, StringComparer.Ordinal)));

    private static bool Shrank(FactValue before, FactValue after) => (before, after) switch
    {
        (FactValue.Duration b, FactValue.Duration a) => a.Value < b.Value,
        (FactValue.Number b, FactValue.Number a) => a.Value < b.Value,
        _ => false,
    };
}
