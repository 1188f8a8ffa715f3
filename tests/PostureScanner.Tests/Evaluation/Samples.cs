using FsCheck;
using FsCheck.Fluent;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Evaluation;

/// <summary>Random policies and sheets over few facts and few values, so that they meet often.</summary>
internal static class Samples
{
    public static readonly Fact[] Facts = [.. new[] { "lid.closed", "lid.count", "box.colour", "box.places", "box.age", "tags.a" }.Select(Boxes.Fact)];

    private static readonly string[] Words = ["red", "blue", ""];

    public static readonly Gen<Condition> Conditions = Condition(depth: 3);

    public static readonly Gen<Policy> Policies =
        from when in Gen.OneOf(Gen.Constant<Condition?>(null), Conditions.Select<Condition, Condition?>(c => c))
        from require in Conditions
        select Rules.Policy("sample", when, require);

    /// <summary>What may be read of each of <see cref="Facts"/>, Unknown half of the time.</summary>
    public static readonly Gen<Reading<FactValue>[]> Readings = Gen.CollectToArray(
        Facts, fact => Gen.Frequency((2, Gen.Constant(Boxes.Read(Boxes.Denied))), (1, Gen.Constant(Boxes.Read(null))), (2, Value(fact.Type).Select(v => Boxes.Read(v)))));

    /// <summary>What an unknown reading might have been: Known or Absent.</summary>
    public static readonly Gen<Reading<FactValue>[]> Answers = Gen.CollectToArray(
        Facts, fact => Gen.Frequency((1, Gen.Constant(Boxes.Read(null))), (2, Value(fact.Type).Select(v => Boxes.Read(v)))));

    public static Sheet Sheet(Reading<FactValue>[] readings, string name = "box-1")
    {
        var selection = new FactSelection(Boxes.Table, Facts);
        return new Sheet(Boxes.Box(name), selection, [.. selection.Facts.Select(f => readings[Array.FindIndex(Facts, g => g.Name == f.Name)])]);
    }

    private static Gen<FactValue> Value(FactType type) => type switch
    {
        FactType.Flag => Gen.Elements(FactValue.Of(value: true), FactValue.Of(value: false)),
        FactType.Number => Gen.Choose(0, 2).Select(n => FactValue.Of(n)),
        FactType.List => Gen.SubListOf(Words).Select(FactValue.Of),
        FactType.Duration => Gen.Choose(0, 2).Select(days => FactValue.Of(TimeSpan.FromDays(days))),
        _ => Gen.Elements(Words).Select(FactValue.Of),
    };

    private static Gen<Condition> Condition(int depth) => depth == 0
        ? Comparison()
        : Gen.OneOf(
            Comparison(),
            Condition(depth - 1).Select<Condition, Condition>(part => new Condition.Not(part)),
            Condition(depth - 1).ArrayOf(2).Select<Condition[], Condition>(parts => new Condition.All([.. parts])),
            Condition(depth - 1).ArrayOf(2).Select<Condition[], Condition>(parts => new Condition.Any([.. parts])));

    private static Gen<Condition> Comparison() =>
        from fact in Gen.Elements(Facts)
        from @operator in Gen.Elements(Operator.All.Where(o => o.Types.Contains(fact.Type)).ToArray())
        from operand in Operand(@operator, fact)
        select Rules.Comparison(fact, @operator, operand);

    private static Gen<FactValue> Operand(Operator @operator, Fact fact) => @operator.Shape switch
    {
        OperandShape.Flag => Value(FactType.Flag),
        OperandShape.Text => Gen.Elements("red", "*", "r?d", "b*").Select(FactValue.Of),
        _ => Value(fact.Type),
    };
}
