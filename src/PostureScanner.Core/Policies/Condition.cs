using System.Collections.Immutable;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Policies;

/// <summary>A typed condition over the facts of one resource.</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    public abstract Truth Evaluate(Sheet sheet);

    /// <summary>Every fact the condition reads, each as often as it is named.</summary>
    public abstract IEnumerable<Fact> Facts { get; }

    public sealed record Comparison : Condition
    {
        private readonly Operator _operator;
        private readonly ImmutableArray<FactValue> _operands;

        internal Comparison(Fact fact, Operator @operator, ImmutableArray<FactValue> operands)
        {
            Fact = fact;
            _operator = @operator;
            _operands = operands;
        }

        public Fact Fact { get; }

        public override IEnumerable<Fact> Facts => [Fact];

        /// <summary>"equal true", "be at least 35d", "not be configured".</summary>
        public string Phrase => _operator == Operator.Exists
            ? _operands[0] == FactValue.Of(value: true) ? _operator.Phrase : $"not {_operator.Phrase}"
            : $"{_operator.Phrase} {(_operator.Shape == OperandShape.Values ? $"[{string.Join(", ", _operands)}]" : _operands[0])}";

        /// <summary>"not equal true", "be configured".</summary>
        public string Opposite => Phrase.StartsWith("not ", StringComparison.Ordinal) ? Phrase["not ".Length..] : $"not {Phrase}";

        public override Truth Evaluate(Sheet sheet) => _operator.Evaluate(sheet[Fact], _operands);
    }

    public sealed record All(ImmutableArray<Condition> Parts) : Condition
    {
        public override IEnumerable<Fact> Facts => Parts.SelectMany(p => p.Facts);

        public override Truth Evaluate(Sheet sheet) => Parts.Select(p => p.Evaluate(sheet)).All();
    }

    public sealed record Any(ImmutableArray<Condition> Parts) : Condition
    {
        public override IEnumerable<Fact> Facts => Parts.SelectMany(p => p.Facts);

        public override Truth Evaluate(Sheet sheet) => Parts.Select(p => p.Evaluate(sheet)).Any();
    }

    public sealed record Not(Condition Part) : Condition
    {
        public override IEnumerable<Fact> Facts => Part.Facts;

        public override Truth Evaluate(Sheet sheet) => Part.Evaluate(sheet).Not();
    }
}
