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
        new object?[] { Left, "Retain", "Delete", true },
        new object?[] { Left, "Retain", "Snapshot", false },
        new object?[] { Left, "Delete", "Retain", false },
        new object?[] { Left, "Delete", "Destroy", false },
    ];

    [TestCaseSource(nameof(Cases))]
    public void A_change_is_a_weakening_only_where_protection_got_less(Worse worse, object before, object after, bool isWorse) =>
        Assert.That(worse.IsWorse(Boxes.Value(before), Boxes.Value(after)), Is.EqualTo(isWorse));

    [Test]
    public void Each_is_named_as_in_the_fact_table() =>
        Assert.That(
            new[] { Worse.False, Worse.Lower, Worse.LostElement, Left }.Select(w => w.Name),
            Is.EqualTo(new[] { "false", "lower", "lost-element", "left(Retain|Snapshot)" }));
}
