using System.Collections.Immutable;

namespace PostureScanner.Core.Facts;

/// <summary>A typed value: what a fact was read as, or what a policy compares it with.</summary>
public abstract record FactValue
{
    private FactValue()
    {
    }

    public abstract FactType Type { get; }

    public static FactValue Of(bool value) => value ? Flag.True : Flag.False;

    public static FactValue Of(decimal value) => new Number(value);

    public static FactValue Of(string value) => new Text(value);

    public static FactValue Of(IEnumerable<string> values) =>
        new List([.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    public static FactValue Of(TimeSpan value) => new Duration(value);

    /// <summary>To the millisecond, which is what is written: a moment read back must equal itself.</summary>
    public static FactValue Of(DateTimeOffset value) => new Instant(DateTimeOffset.FromUnixTimeMilliseconds(value.ToUnixTimeMilliseconds()));

    /// <summary>As people write it in a policy: <c>true</c>, <c>35d</c>, <c>[a, b]</c>. Nothing is escaped.</summary>
    public sealed override string ToString() => this switch
    {
        Flag flag => flag.Value ? "true" : "false",
        Number number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Text text => text.Value.Length == 0 ? "\"\"" : text.Value,
        List list => $"[{string.Join(", ", list.Values)}]",
        Duration duration => Durations.Format(duration.Value),
        Instant instant => Instants.Format(instant.Value),
        _ => throw new InvalidOperationException($"{GetType().Name} has no text."),
    };

    public sealed record Flag(bool Value) : FactValue
    {
        internal static readonly Flag True = new(true);
        internal static readonly Flag False = new(false);

        public override FactType Type => FactType.Flag;
    }

    public sealed record Number(decimal Value) : FactValue
    {
        public override FactType Type => FactType.Number;
    }

    public sealed record Text(string Value) : FactValue
    {
        public override FactType Type => FactType.Text;
    }

    /// <summary>A set of strings: sorted ordinally, no element twice.</summary>
    public sealed record List(ImmutableArray<string> Values) : FactValue
    {
        public override FactType Type => FactType.List;

        public bool Equals(List? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

        public override int GetHashCode() => Values.Aggregate(0, (hash, value) => HashCode.Combine(hash, value));
    }

    public sealed record Duration(TimeSpan Value) : FactValue
    {
        public override FactType Type => FactType.Duration;
    }

    /// <summary>A moment, in UTC.</summary>
    public sealed record Instant(DateTimeOffset Value) : FactValue
    {
        public override FactType Type => FactType.Instant;
    }
}
