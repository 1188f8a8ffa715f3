using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using static PostureScanner.Core.Facts.FactType;

namespace PostureScanner.Tests.Policies;

/// <summary>Every operator beside every type: what it says of a value that satisfies it, one that does not, Absent and Unknown.</summary>
internal sealed class OperatorTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Operator, type, the operand as a policy writes it, values that satisfy it, values that do not.
    private static readonly (string Operator, FactType Type, string Operand, object[] Satisfying, object[] Others)[] Rows =
    [
        ("equals", Flag, "true", [true], [false]),
        ("equals", Flag, "false", [false], [true]),
        ("equals", Number, "35", [35, 35.0m], [34, 36]),
        ("equals", Number, "1.5e1", [15], [14]),
        ("equals", Text, "red", ["red"], ["Red", "redd", ""]),
        ("equals", Text, "\"\"", [""], [" "]),
        ("equals", Text, "35d", ["35d"], ["840h"]),
        ("equals", List, "[b, a]", [new[] { "a", "b" }, new[] { "b", "a", "a" }], [new[] { "a" }, new[] { "a", "b", "c" }, Array.Empty<string>()]),
        ("equals", List, "[]", [Array.Empty<string>()], [new[] { "" }]),
        ("equals", Duration, "24h", [Day], [Day + TimeSpan.FromTicks(1)]),
        ("equals", Instant, "2026-06-15T12:00:00Z", [Boxes.Now, Boxes.Now.ToOffset(TimeSpan.FromHours(2))], [Boxes.Now.AddMilliseconds(1)]),
        ("in", Text, "[red, blue]", ["red", "blue"], ["green", "RED", ""]),
        ("in", Number, "[7, 35]", [7, 35], [8]),
        ("in", Flag, "[true]", [true], [false]),
        ("in", Flag, "[true, false]", [true, false], []),
        ("in", Duration, "[24h, P1W]", [Day, 7 * Day], [2 * Day, TimeSpan.Zero]),
        ("in", Instant, "[2026-06-15T12:00:00Z, 2026-01-01]", [Boxes.Now, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)], [Boxes.Now.AddMilliseconds(1)]),
        ("contains", List, "north", [new[] { "north" }, new[] { "north", "south" }], [new[] { "south" }, new[] { "northern" }, Array.Empty<string>()]),
        ("matches", Text, "r?d*", ["red", "rod/2:x"], ["r", "a red", "Red"]),
        ("contains", List, "' north '", [new[] { " north " }], [new[] { "north" }]),
        ("contains", List, "''", [new[] { "" }], [Array.Empty<string>(), new[] { " " }]),
        ("matches", Text, "' r*'", [" red"], ["red"]),
        ("matches", Text, "'* '", ["red ", " "], ["red", ""]),
        ("matches", Text, "''", [""], [" ", "red"]),
        ("at-least", Number, "7", [7, 8], [6, -8]),
        ("at-least", Duration, "24h", [Day, 2 * Day], [Day - TimeSpan.FromTicks(1)]),
        ("at-least", Instant, "2026-06-15T12:00:00Z", [Boxes.Now, Boxes.Now.AddMilliseconds(1)], [Boxes.Now.AddMilliseconds(-1)]),
        ("at-most", Number, "7", [7, 6], [8]),
        ("at-most", Duration, "24h", [Day, TimeSpan.Zero], [Day + TimeSpan.FromTicks(1)]),
        ("at-most", Instant, "2026-06-15T12:00:00Z", [Boxes.Now, Boxes.Now.AddMilliseconds(-1)], [Boxes.Now.AddMilliseconds(1)]),
        ("exists", Flag, "true", [true, false], []),
        ("exists", Flag, "false", [], [true, false]),
        ("exists", Number, "true", [0], []),
        ("exists", Number, "false", [], [0]),
        ("exists", Text, "true", ["", "red"], []),
        ("exists", Text, "false", [], ["", "red"]),
        ("exists", List, "true", [Array.Empty<string>()], []),
        ("exists", List, "false", [], [Array.Empty<string>()]),
        ("exists", Duration, "true", [TimeSpan.Zero], []),
        ("exists", Duration, "false", [], [TimeSpan.Zero]),
        ("exists", Instant, "true", [Boxes.Now], []),
        ("exists", Instant, "false", [], [Boxes.Now]),
    ];

    private static IEnumerable<TestCaseData> RowCases => Rows.Select(r =>
        new TestCaseData(r.Operator, r.Type, r.Operand, r.Satisfying, r.Others).SetArgDisplayNames($"{r.Type} {r.Operator} {r.Operand}"));

    private static IEnumerable<TestCaseData> Operands => Rows.Select(r => new TestCaseData(r.Operator, r.Type, r.Operand));

    private static IEnumerable<TestCaseData> MisfitCases =>
        from o in Operator.All
        from type in Enum.GetValues<FactType>()
        where !o.Types.Contains(type)
        select new TestCaseData(o.Name, type).SetArgDisplayNames($"{o.Name} {type}");

    [TestCaseSource(nameof(RowCases))]
    public void A_value_is_compared(string name, FactType type, string operand, object[] satisfying, object[] others)
    {
        var condition = ConditionOn(name, type, operand);

        Assert.That(satisfying.Select(v => On(condition, type, v)), Is.All.EqualTo(Truth.True));
        Assert.That(others.Select(v => On(condition, type, v)), Is.All.EqualTo(Truth.False));
    }

    [TestCaseSource(nameof(Operands))]
    public void On_absent_every_operator_is_false_except_exists_false(string name, FactType type, string operand)
    {
        var condition = ConditionOn(name, type, operand);
        var expected = name == "exists" && operand == "false" ? Truth.True : Truth.False;

        Assert.That(On(condition, type, value: null), Is.EqualTo(expected));
        Assert.That(On(new Condition.Not(condition), type, value: null), Is.EqualTo(expected == Truth.True ? Truth.False : Truth.True));
    }

    [TestCaseSource(nameof(Operands))]
    public void On_unknown_every_operator_is_unknown(string name, FactType type, string operand)
    {
        var condition = ConditionOn(name, type, operand);

        Assert.That(On(condition, type, Boxes.Denied), Is.EqualTo(Truth.Unknown));
        Assert.That(On(new Condition.Not(condition), type, Boxes.Denied), Is.EqualTo(Truth.Unknown));
        Assert.That(condition.Evaluate(Boxes.Sheet()), Is.EqualTo(Truth.Unknown), "never asked");
    }

    [Test]
    public void Every_operator_is_shown_beside_every_type_it_takes() =>
        Assert.That(
            Rows.Select(r => (r.Operator, r.Type)).Distinct(),
            Is.EquivalentTo(Operator.All.SelectMany(o => o.Types.Select(type => (o.Name, type)))));

    [TestCaseSource(nameof(MisfitCases))]
    public void An_operator_refuses_every_other_type(string name, FactType type)
    {
        var fact = Boxes.OfType(type).Name;

        var problems = Draft.Good.With("require", $"require: [{{ fact: {fact}, {name}: x }}]").Problems();

        Assert.That(problems, Has.Some.StartsWith($"{Draft.File}:5:").And.Some.Contains($"'{name}' does not fit {fact}, which is of type {type}; use equals, "));
    }

    [TestCase("'35'", Number, 35)]
    [TestCase("'true'", Flag, true)]
    [TestCase("true", Text, "true")]
    [TestCase("35", Text, "35")]
    [TestCase("'~'", Text, "~")]
    [TestCase("'null'", Text, "null")]
    public void The_fact_says_what_a_value_is_and_yaml_does_not(string written, FactType type, object value) =>
        Assert.That(On(ConditionOn("equals", type, written), type, value), Is.EqualTo(Truth.True));

    private static Condition ConditionOn(string name, FactType type, string operand) =>
        Rules.Condition($"[{{ fact: {Boxes.OfType(type).Name}, {name}: {operand} }}]");

    private static Truth On(Condition condition, FactType type, object? value) =>
        condition.Evaluate(Boxes.Sheet((Boxes.OfType(type).Name, value)));
}
