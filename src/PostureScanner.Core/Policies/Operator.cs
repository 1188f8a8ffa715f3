using System.Collections.Immutable;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Policies;

/// <summary>What stands to the right of an operator in a policy.</summary>
internal enum OperandShape
{
    /// <summary>A value of the fact's own type.</summary>
    Value,

    /// <summary>A list of values of the fact's type.</summary>
    Values,

    /// <summary>One element of a list, or a pattern: text.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,
}

/// <summary>One row of the operator table.</summary>
/// <param name="Phrase">The operator in a sentence, before its operand: "must equal true".</param>
/// <param name="Holds">Given a known value and the operands.</param>
internal sealed record Operator(
    string Name, string Phrase, OperandShape Shape, ImmutableArray<FactType> Types, Func<FactValue, ImmutableArray<FactValue>, bool> Holds)
{
    private static readonly ImmutableArray<FactType> Ordered = [FactType.Number, FactType.Duration, FactType.Instant];

    public static readonly Operator Exists =
        new("exists", "be configured", OperandShape.Flag, [.. Enum.GetValues<FactType>()], (_, wanted) => wanted[0] == FactValue.Of(value: true));

    public static readonly ImmutableArray<Operator> All =
    [
        new("equals", "equal", OperandShape.Value, [.. Enum.GetValues<FactType>()], (value, wanted) => value == wanted[0]),
        new("in", "be one of", OperandShape.Values, [.. Enum.GetValues<FactType>().Where(t => t != FactType.List)], (value, wanted) => wanted.Contains(value)),
        new("contains", "contain", OperandShape.Text, [FactType.List], (value, wanted) =>
            ((FactValue.List)value).Values.Contains(((FactValue.Text)wanted[0]).Value, StringComparer.Ordinal)),
        new("matches", "match", OperandShape.Text, [FactType.Text], (value, wanted) =>
            Glob.Matches(((FactValue.Text)wanted[0]).Value, ((FactValue.Text)value).Value)),
        new("at-least", "be at least", OperandShape.Value, Ordered, (value, wanted) => Compare(value, wanted[0]) >= 0),
        new("at-most", "be at most", OperandShape.Value, Ordered, (value, wanted) => Compare(value, wanted[0]) <= 0),
        Exists,
    ];

    /// <summary>Unknown stays Unknown; on an Absent reading every operator is false, except <c>exists: false</c>.</summary>
    public Truth Evaluate(Reading<FactValue> reading, ImmutableArray<FactValue> operands) => reading.State switch
    {
        ReadingState.Known => Kleene.Of(Holds(reading.Value, operands)),
        ReadingState.Absent => Kleene.Of(this == Exists && operands[0] == FactValue.Of(value: false)),
        _ => Truth.Unknown,
    };

    private static int Compare(FactValue left, FactValue right) => (left, right) switch
    {
        (FactValue.Number l, FactValue.Number r) => l.Value.CompareTo(r.Value),
        (FactValue.Duration l, FactValue.Duration r) => l.Value.CompareTo(r.Value),
        (FactValue.Instant l, FactValue.Instant r) => l.Value.CompareTo(r.Value),
        _ => throw new InvalidOperationException($"{left.Type} and {right.Type} have no order."),
    };
}
