using PostureScanner.Core.Policies;
using static PostureScanner.Core.Policies.Truth;

namespace PostureScanner.Tests.Policies;

internal sealed class KleeneTests
{
    [TestCase(True, False)]
    [TestCase(Unknown, Unknown)]
    [TestCase(False, True)]
    public void Not(Truth truth, Truth not) => Assert.That(truth.Not(), Is.EqualTo(not));

    [TestCase(True, True, True)]
    [TestCase(True, Unknown, Unknown)]
    [TestCase(True, False, False)]
    [TestCase(Unknown, Unknown, Unknown)]
    [TestCase(Unknown, False, False)]
    [TestCase(False, False, False)]
    public void All(Truth one, Truth other, Truth all)
    {
        Assert.That(new[] { one, other }.All(), Is.EqualTo(all));
        Assert.That(new[] { other, one }.All(), Is.EqualTo(all));
    }

    [TestCase(True, True, True)]
    [TestCase(True, Unknown, True)]
    [TestCase(True, False, True)]
    [TestCase(Unknown, Unknown, Unknown)]
    [TestCase(Unknown, False, Unknown)]
    [TestCase(False, False, False)]
    public void Any(Truth one, Truth other, Truth any)
    {
        Assert.That(new[] { one, other }.Any(), Is.EqualTo(any));
        Assert.That(new[] { other, one }.Any(), Is.EqualTo(any));
    }

    [Test]
    public void Of_nothing_all_is_true_and_any_is_false()
    {
        Assert.That(Array.Empty<Truth>().All(), Is.EqualTo(True));
        Assert.That(Array.Empty<Truth>().Any(), Is.EqualTo(False));
    }
}
