using PostureScanner.Core.Facts;

namespace PostureScanner.Tests.Facts;

internal sealed class WorseTests
{
    private static readonly Worse Left = Worse.Left("Retain", "Snapshot");

    private static readonly object[] Cases =
    [
        new object?[] { Worse.False, true, false, true },
        new object?[] { Worse.False, false, true, false },
        new object?[] { Worse.False, true, true, false },
        new object?[] { Worse.False, "true", "false", false },
        new object?[] { Worse.Lower, 35, 7, true },
        new object?[] { Worse.Lower, 7, 35, false },
        new object?[] { Worse.Lower, 7, 7, false },
        new object?[] { Worse.Lower, TimeSpan.FromDays(35), TimeSpan.FromDays(7), true },
        new object?[] { Worse.Lower, TimeSpan.FromDays(7), TimeSpan.FromDays(35), false },
        new object?[] { Worse.LostElement, new[] { "north", "south" }, new[] { "north" }, true },
        new object?[] { Worse.LostElement, new[] { "north" }, new[] { "south" }, true },
        new object?[] { Worse.LostElement, new[] { "north" }, new[] { "north", "south" }, false },
        new object?[] { Worse.LowerLimit, TimeSpan.FromDays(90), TimeSpan.FromDays(45), true },
        new object?[] { Worse.LowerLimit, TimeSpan.FromDays(45), TimeSpan.FromDays(90), false },
        new object?[] { Left, "Retain", "Delete", true },
        new object?[] { Left, "Retain", "Snapshot", false },
        new object?[] { Left, "Delete", "Retain", false },
        new object?[] { Left, "Delete", "Destroy", false },
    ];

    [TestCaseSource(nameof(Cases))]
    public void A_change_is_a_weakening_only_where_protection_got_less(Worse worse, object before, object after, bool isWorse) =>
        Assert.That(worse.IsWorse(Boxes.Value(before), Boxes.Value(after)), Is.EqualTo(isWorse));

    [Test]
    public void What_is_no_longer_configured_protects_less_but_for_a_limit()
    {
        Assert.That(Worse.False.IsWorse(FactValue.Of(value: true), null), Is.True);
        Assert.That(Worse.False.IsWorse(FactValue.Of(value: false), null), Is.False);
        Assert.That(Worse.Lower.IsWorse(FactValue.Of(7), null), Is.True);
        Assert.That(Worse.LostElement.IsWorse(FactValue.Of(["north"]), null), Is.True);
        Assert.That(Left.IsWorse(FactValue.Of("Retain"), null), Is.True);
        Assert.That(Worse.LowerLimit.IsWorse(FactValue.Of(7), null), Is.False);
    }

    [Test]
    public void What_begins_to_be_configured_protects_more_but_for_a_limit()
    {
        Assert.That(Worse.LowerLimit.IsWorse(null, FactValue.Of(7)), Is.True);
        foreach (var (worse, value) in new (Worse, FactValue)[] { (Worse.False, FactValue.Of(value: false)), (Worse.Lower, FactValue.Of(7)), (Worse.LostElement, FactValue.Of(["north"])), (Left, FactValue.Of("Delete")) })
            Assert.That(worse.IsWorse(null, value), Is.False, worse.Name);
        Assert.That(Worse.LowerLimit.IsWorse(null, null), Is.False);
    }

    [Test]
    public void Each_is_named_as_in_the_fact_table() =>
        Assert.That(
            new[] { Worse.False, Worse.Lower, Worse.LowerLimit, Worse.LostElement, Left }.Select(w => w.Name),
            Is.EqualTo(new[] { "false", "lower", "lower, or any where there was none", "lost-element", "left(Retain|Snapshot)" }));
}
