using PostureScanner.Core.Facts;

namespace PostureScanner.Tests.Facts;

internal sealed class FactValueTests
{
    private static readonly object[] Texts =
    [
        new object[] { true, "true" },
        new object[] { false, "false" },
        new object[] { 35, "35" },
        new object[] { 0.5m, "0.5" },
        new object[] { 1_234_567.5m, "1234567.5" },
        new object[] { "ACTIVE", "ACTIVE" },
        new object[] { "", "\"\"" },
        new object[] { new[] { "b", "a", "b" }, "[a, b]" },
        new object[] { Array.Empty<string>(), "[]" },
        new object[] { TimeSpan.FromHours(30), "1d 6h" },
        new object[] { new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.FromHours(2)), "2026-01-31T06:00:00Z" },
    ];

    [TestCaseSource(nameof(Texts))]
    public void A_value_is_written_as_in_a_policy(object value, string text) =>
        Assert.That(Boxes.Value(value).ToString(), Is.EqualTo(text));

    [Test]
    public void The_culture_of_the_machine_changes_nothing()
    {
        using var foreign = new ForeignCulture();

        Assert.That(FactValue.Of(0.5m).ToString(), Is.EqualTo("0.5"));
        Assert.That(Instants.Format(Boxes.Now), Is.EqualTo("2026-06-15T12:00:00Z"));
    }

    [Test]
    public void Lists_with_the_same_elements_are_equal()
    {
        var one = FactValue.Of(["b", "a"]);
        var other = FactValue.Of(["a", "b", "a"]);

        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one, Is.Not.EqualTo(FactValue.Of(["a"])));
        Assert.That(one, Is.Not.EqualTo(FactValue.Of(["A", "B"])));
    }

    [Test]
    public void Values_of_different_types_are_never_equal() =>
        Assert.That(FactValue.Of("true"), Is.Not.EqualTo(FactValue.Of(value: true)));
}
