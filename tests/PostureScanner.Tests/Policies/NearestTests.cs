using PostureScanner.Core.Policies;

namespace PostureScanner.Tests.Policies;

internal sealed class NearestTests
{
    private static readonly string[] Operators = ["equals", "in", "contains", "matches", "at-least", "at-most", "exists"];

    [TestCase("equal", "equals")]
    [TestCase("eqauls", "equals", Description = "a swap of neighbours is one mistake")]
    [TestCase("EQUALS", "equals", Description = "so is none but the case")]
    [TestCase("atleast", "at-least")]
    [TestCase("at_most", "at-most")]
    [TestCase("exist", "exists")]
    [TestCase("n", "in")]
    public void A_typing_mistake_is_recognised(string word, string meant) =>
        Assert.That(Nearest.Hint(word, Operators), Is.EqualTo($"; did you mean '{meant}'?"));

    [TestCase("greater-than")]
    [TestCase("")]
    [TestCase("xyz")]
    public void Another_word_is_no_typing_mistake(string word) =>
        Assert.That(Nearest.Hint(word, Operators), Is.Empty);

    [Test]
    public void Of_two_equally_near_the_first_in_the_alphabet_is_meant() =>
        Assert.That(Nearest.Hint("lid.x", ["lid.b", "lid.a"]), Is.EqualTo("; did you mean 'lid.a'?"));

    [Test]
    public void A_word_of_a_million_letters_is_not_compared() =>
        Assert.That(Nearest.Hint(new string('e', 1_000_000), Operators), Is.Empty);

    [Test]
    public void Where_there_are_no_candidates_there_is_no_hint() =>
        Assert.That(Nearest.Hint("equals", []), Is.Empty);
}
