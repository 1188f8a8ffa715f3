using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

internal sealed class GlobTests
{
    [TestCase("", "", true)]
    [TestCase("", "a", false)]
    [TestCase("*", "", true)]
    [TestCase("*", "a/b:c", true, Description = "a slash and a colon are characters like others")]
    [TestCase("?", "", false)]
    [TestCase("?", "a", true)]
    [TestCase("?", "ab", false)]
    [TestCase("build-*", "build-cache", true)]
    [TestCase("build-*", "my-build-cache", false, Description = "anchored at the start")]
    [TestCase("*-cache", "build-cache-2", false, Description = "anchored at the end")]
    [TestCase("Build-*", "build-cache", false, Description = "ordinal")]
    [TestCase("a*b*c", "a-b-b-c", true)]
    [TestCase("a*b*c", "a-c-b", false)]
    [TestCase("**", "anything", true)]
    [TestCase("arn:*:table/*", "arn:x:1:table/t", true)]
    [TestCase("[ab]", "a", false)]
    [TestCase("[ab]", "[ab]", true, Description = "nothing else is special")]
    [TestCase("a.b", "axb", false)]
    [TestCase("{a,b}", "a", false)]
    [TestCase(@"a\*", @"a\b", true, Description = "a backslash does not escape")]
    public void A_glob_matches_the_whole_text(string pattern, string text, bool matches) =>
        Assert.That(Glob.Matches(pattern, text), Is.EqualTo(matches));

    [Test]
    public void A_pattern_full_of_stars_ends() =>
        Assert.That(Glob.Matches(string.Concat(Enumerable.Repeat("a*", 200)) + "b", new string('a', 5_000)), Is.False);

    [Test]
    public void It_agrees_with_the_same_pattern_as_a_regular_expression()
    {
        var patterns = Words("ab*?").ToArbitrary();
        var texts = Words("ab").ToArbitrary();

        Prop.ForAll(patterns, texts, (pattern, text) => Glob.Matches(pattern, text) == AsRegex(pattern).IsMatch(text)).Hold(samples: 1_000);

        static FsCheck.Gen<string> Words(string alphabet) => Gen.Elements<char>(alphabet.ToCharArray()).ArrayOf().Resize(8).Select(c => new string(c));
    }

    private static Regex AsRegex(string pattern)
    {
        var regex = new StringBuilder();
        foreach (var c in pattern)
            regex.Append(c switch { '*' => ".*", '?' => ".", _ => Regex.Escape(c.ToString()) });
        return new Regex($@"\A{regex}\z", RegexOptions.Singleline, TimeSpan.FromSeconds(10));
    }
}
