using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Policies.Yaml;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

/// <summary>Whatever the file holds, its reader gets a policy or a sentence with a place; never an exception.</summary>
internal sealed class YamlTests
{
    [TestCase("", "1:1: the file is empty")]
    [TestCase("# only a comment\n", "1:1: the file is empty")]
    [TestCase("title: &t Lids\n", "1:8: not valid YAML: anchors (&) are not part of the policy language; write the value out where it is used")]
    [TestCase("title: *t\n", "1:8: not valid YAML: aliases (*) are not part of the policy language; write the value out")]
    [TestCase("title: !!str Lids\n", "1:8: not valid YAML: the tag tag:yaml.org,2002:str is not part of the policy language; values are typed by the fact")]
    [TestCase("title: !env HOME\n", "1:8: not valid YAML: the tag !env is not part of the policy language; values are typed by the fact")]
    [TestCase("? [a, b]\n: c\n", "1:1: not valid YAML: a key here is not a plain word")]
    [TestCase("title: a\n---\ntitle: b\n", "2:1: a second document begins here; put it into a file of its own")]
    public void What_the_policy_language_does_not_have_is_said_with_its_place(string text, string problem) =>
        Assert.That(Read(text), Is.EqualTo(new[] { $"a.yaml:{problem}" }));

    [TestCase("title: [a\nb: c\n", 1)]
    [TestCase("title: {a: b\nb: c\n", 1)]
    [TestCase("title: a\nfix: [b, {c: d}\nb: c\n", 2)]
    [TestCase("title: 'a\n", 1)]
    [TestCase("title: a\0b: c\n", 1)]
    [TestCase("title: a: b\n", 1)]
    [TestCase("title: {a: b}}\n", 1)]
    [TestCase("- a\nb: c\n", 2)]
    [TestCase("%YAML 9.9\n---\na: b\n", 1)]
    [TestCase("title: \"\\q\"\n", 1)]
    [TestCase("title: @a\n", 1)]
    [TestCase("title: a\nfix: !!![a\n", 2)]
    [TestCase("title: a\nfix: \"\\uD800\\u0041\"\n", 2)]
    [TestCase("%TAG ! \n---\na: b\n", 1)]
    public void Broken_yaml_is_one_problem_with_its_line(string text, int line)
    {
        var problem = Read(text).Single();

        Assert.That(problem, Does.StartWith($"a.yaml:{line}:").And.Contains(": not valid YAML: "));
        Assert.That(problem, Does.Not.Contain("\n"));
    }

    [TestCase("title:\n\t- a\n", "2:1")]
    [TestCase("title: a\nfix: b\n\tc: d\n", "3:1")]
    [TestCase("title: a\r\nfix:\r\n  b:\r\n  \tc: d\r\n", "4:3")]
    [TestCase("title: |\n  a\n\tb\nfix: c\n", "3:1")]
    [TestCase("title: |\n  a\n  \tb is text\nfix:\n\tc: d\n", "5:1")]
    [TestCase("title: a # b\n\t# c\n", "2:1")]
    public void A_tab_as_indentation_is_named_with_its_own_place(string text, string place) =>
        Assert.That(Read(text), Is.EqualTo(new[] { $"a.yaml:{place}: not valid YAML: a tab indents this line; indent it with spaces" }));

    [Test]
    public void An_alias_bomb_ends_at_its_first_anchor()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 40; i++)
            bomb.Append(null, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");

        Assert.That(Read(bomb.ToString()), Is.EqualTo(new[] { "a.yaml:1:5: not valid YAML: anchors (&) are not part of the policy language; write the value out where it is used" }));
    }

    [TestCase("[", "]")]
    [TestCase("{a: ", "}")]
    [TestCase("- ", "")]
    [TestCase("[", "")]
    public void Ten_thousand_levels_are_too_deep(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 10_000)) + "x" + string.Concat(Enumerable.Repeat(close, 10_000));

        Assert.That(Read(text).Single(), Does.EndWith("not valid YAML: nested more than 32 levels deep"));
    }

    [Test]
    public void Conditions_may_be_nested_deeper_than_anyone_will_write()
    {
        var nested = string.Concat(Enumerable.Repeat("{ not: ", 12)) + "{ fact: lid.closed, equals: true }" + string.Concat(Enumerable.Repeat(" }", 12));

        Assert.That(Draft.Good.With("require", $"require: [{nested}]").Problems(), Is.Empty);
    }

    [Test]
    public void Nothing_behind_a_nul_is_silently_lost()
    {
        var text = Draft.Good.Text.Replace("because:", "\0because:", StringComparison.Ordinal);
        using var folder = new Folder();

        Assert.That(folder.Write(Draft.File, text).Problems()[0], Does.StartWith($"{Draft.File}:6:"));
        Assert.That(folder.Write(Draft.File, Draft.Good.Text + "\0mode: loud\n").Problems()[0], Does.StartWith($"{Draft.File}:11:"));
        Assert.That(folder.Write(Draft.File, Draft.Good.With("title", "title: Lids\0 are closed").Text).Problems()[0], Does.StartWith($"{Draft.File}:2:"));
    }

    [Test]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing()
    {
        var text = Draft.Good.Text.ReplaceLineEndings("\r\n");
        using var folder = new Folder();

        Assert.That(folder.Write(Draft.File, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]).Problems(), Is.Empty);
        Assert.That(folder.Write(Draft.File, [.. Encoding.UTF8.Preamble, .. "titel: a"u8]).Problems(), Has.Member($"{Draft.File}:1:1: a policy has no key 'titel'; did you mean 'title'?"));
    }

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    [TestCase("utf-32BE")]
    public void Any_other_encoding_is_a_problem_with_a_byte_order_mark_or_without(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        using var folder = new Folder();

        foreach (var mark in new[] { encoding.GetPreamble(), [] })
            Assert.That(folder.Write(Draft.File, [.. mark, .. encoding.GetBytes(Draft.Good.Text)]).Problems().Single(), Does.StartWith($"{Draft.File}:1:1: not UTF-8: ").And.EndsWith("; save the file as UTF-8"));
    }

    [Test]
    public void A_byte_that_is_no_utf_8_is_a_problem_in_policies_and_waivers()
    {
        using var folder = new Folder().Write(Draft.File, Encoding.Latin1.GetBytes("policy: é\n")).Write("waivers.yaml", Encoding.Latin1.GetBytes("# é\nwaivers: []\n"));

        Assert.That(folder.Problems(), Is.EqualTo(new[]
        {
            $"{Draft.File}:1:1: not UTF-8: byte 9 is part of no character; save the file as UTF-8",
            "waivers.yaml:1:1: not UTF-8: byte 3 is part of no character; save the file as UTF-8",
        }));
    }

    [Test]
    public void Windows_line_ends_do_not_move_a_problem()
    {
        var text = Draft.Good.With("severity", "severity: huge").Text.ReplaceLineEndings("\r\n");
        using var folder = new Folder();

        Assert.That(folder.Write(Draft.File, text).Problems(), Is.EqualTo(new[] { $"{Draft.File}:3:11: 'severity' is 'huge', must be one of critical, high, medium, low" }));
    }

    [Test]
    public void Ten_megabytes_are_not_read()
    {
        using var folder = new Folder();
        folder.Write("big.yaml", new byte[10 * 1024 * 1024]);

        Assert.That(folder.Problems(), Is.EqualTo(new[] { "big.yaml: the file has more than 262144 bytes, which is the most a policy file may have; split it, or take it out of the policy folder" }));
    }

    [Test]
    public void A_link_to_ten_megabytes_is_not_followed_to_its_end()
    {
        using var outside = new Folder();
        using var folder = new Folder();
        File.CreateSymbolicLink(folder["big.yaml"], outside.Write("big", new byte[10 * 1024 * 1024])["big"]);

        Assert.That(folder.Problems().Single(), Does.StartWith("big.yaml: the file has more than 262144 bytes"));
    }

    [Test]
    public void A_file_of_the_largest_size_is_read()
    {
        using var folder = new Folder();
        var padding = new string('#', YamlFile.MaxSize - Draft.Good.Text.Length);

        Assert.That(folder.Write(Draft.File, Draft.Good.Text + padding).Problems(), Is.Empty);
    }

    [Test]
    public void No_mutation_of_a_policy_is_an_exception()
    {
        var good = Draft.Good.And("when: [{ any: [{ fact: box.colour, in: [red] }, { not: { fact: tags.a, exists: true } }] }]").Text;
        using var folder = new Folder();

        Prop.ForAll(Mutants(good).ToArbitrary(), text => Survives(folder.Write(Draft.File, text))).Hold(samples: 2_000);
    }

    [Test]
    public void No_mutation_of_a_waivers_file_is_an_exception()
    {
        using var folder = new Folder();
        folder.Write(Draft.File, Draft.Good.Text);

        Prop.ForAll(Mutants(WaiverText.Good.Text).ToArbitrary(), text => Survives(folder.Write("waivers.yaml", text))).Hold(samples: 1_000);
    }

    [Test]
    public void No_bytes_at_all_are_an_exception()
    {
        var bytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().Resize(200);
        using var folder = new Folder();

        Prop.ForAll(bytes.ToArbitrary(), b => Survives(folder.Write(Draft.File, b))).Hold(samples: 500);
    }

    private static bool Survives(Folder folder)
    {
        folder.Open(out var problems);
        return problems.All(p => p is { Line: >= 0, Column: >= 0, Message.Length: > 0 });
    }

    /// <summary>The text with up to six places changed: a character lost or doubled, something YAML takes seriously put in, a piece moved elsewhere.</summary>
    private static Gen<string> Mutants(string text)
    {
        var serious = Gen.Elements(
            ":", "-", "?", "[", "]", "{", "}", ",", "#", "&a", "*a", "!!int", "!!!", "\"\\uD800\"", "|", ">", "'", "\"", "%", "@", "`", "~", "\n", "\t", "\r", " ", "\0", "\uFEFF", "\u2028", "\\x", "---\n", "...\n", "<<: ", "9999-12-31", "P9999999999D", "1e28", "😀");
        var change = Gen.Choose(0, text.Length - 1).SelectMany(at => Gen.OneOf(
            Gen.Constant<Func<string, string>>(t => t.Remove(at % t.Length, 1)),
            Gen.Choose(1, 40).Select<int, Func<string, string>>(length => t => t.Remove(at % t.Length, Math.Min(length, t.Length - (at % t.Length)))),
            serious.Select<string, Func<string, string>>(s => t => t.Insert(at % t.Length, s)),
            Gen.Choose(0, text.Length - 1).Select<int, Func<string, string>>(to => t => t.Insert(to % t.Length, t.Substring(at % t.Length, Math.Min(30, t.Length - (at % t.Length)))))));
        return change.ArrayOf().Resize(6).Select(changes => changes.Aggregate(text, (t, c) => t.Length == 0 ? t : c(t)));
    }

    private static IReadOnlyList<string> Read(string text)
    {
        var problems = new List<Problem>();
        YamlFile.Parse(text, "a.yaml", problems);
        return [.. problems.Select(p => p.ToString())];
    }
}
