using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting;

/// <summary>Whoever may create a table or a tag writes into our reports.</summary>
internal sealed class HostileNamesTests
{
    private static readonly (string What, string Name)[] Hostile =
    [
        ("colour", "\e[31mred\e[0m"),
        ("link", "\e]8;;http://evil.example\e\\click\e]8;;\e\\"),
        ("one-byte escape", "\u009B31mred"),
        ("new line", "box\nFAIL  critical  all-is-lost"),
        ("windows line", "box\r\nbox"),
        ("unicode lines", "box\u2028box\u2029box"),
        ("right to left", "\u202Egnp.exe"),
        ("isolate", "box\u2066box"),
        ("no width", "bo\u200Bx"),
        ("bell and backspace", "box\a\b\b\b"),
        ("quotes", "\"; drop table '"),
        ("script", "<script>alert(1)</script>"),
        ("entity", "</td>&amp;"),
        ("placeholder", "{name}"),
        ("emoji", "📦👩‍🚀"),
        ("half a character", "bo\uD83Dx"),
        ("no character", "bo\uFFFEx\0"),
        ("event handler", "\" onmouseover=\"alert(1)\" x='"),
        ("script address", "javascript:alert(1)"),
        ("end of a section", "]]></style></script><img src=x onerror=alert(1)>"),
        ("formula", "=HYPERLINK(\"http://evil.example\")"),
        ("message link", "[click](http://evil.example) {0}"),
        ("already escaped", "\\u{1b}"),
    ];

    private static IEnumerable<TestCaseData> Names => Hostile.Select(h => new TestCaseData(h.Name).SetArgDisplayNames(h.What));

    [TestCaseSource(nameof(Names))]
    public void No_name_moves_the_cursor_or_begins_a_line(string name)
    {
        var text = Named(name).Text();

        AssertHarmless(text);
        Assert.That(text.Count(c => c == '\n'), Is.EqualTo(Named("box").Text().Count(c => c == '\n')));
    }

    [TestCaseSource(nameof(Names))]
    public void Nor_in_the_other_texts(string name)
    {
        var report = Named(name);

        AssertHarmless(Reports.Written(output => ResourceText.Write(report, output, colour: false)));
        AssertHarmless(Reports.Written(output => ChangesText.Write(report.Drift, output, colour: false)));
    }

    [TestCaseSource(nameof(Names))]
    public void A_name_survives_json_and_needs_no_escaping_elsewhere(string name)
    {
        var json = Named(name).Json();

        Assert.That(json.All(char.IsAscii), Is.True);
        Assert.That(json, Does.Not.Contain('<').And.Not.Contain('\e'));
        Assert.That(
            JsonNode.Parse(json)!["findings"]!.AsArray().Select(f => f!["resource"]!["name"]!.GetValue<string>()),
Is.All.EqualTo(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name))));
    }

    [TestCaseSource(nameof(Names))]
    public void A_name_stays_in_its_cell(string name)
    {
        var rows = CsvReportTests.Parsed(Named(name));

        Assert.That(rows, Has.Count.EqualTo(3));
        Assert.That(rows.Select(r => r["name"].TrimStart('\'')), Is.All.EqualTo(Written(Printable.Of(name))));
        AssertHarmless(string.Concat(rows.SelectMany(r => r.Values)));
    }

    [TestCaseSource(nameof(Names))]
    public void Nor_does_it_leave_its_attribute_in_XML(string name)
    {
        var cases = XElement.Parse(Named(name).JUnit()).Descendants("testcase").Where(c => c.Attribute("classname")!.Value.StartsWith("box-", StringComparison.Ordinal)).ToList();

        Assert.That(cases, Has.Count.EqualTo(3));
        AssertHarmless(string.Concat(cases.Attributes().Select(a => a.Value)));
    }

    [TestCaseSource(nameof(Names))]
    public void Nor_does_it_become_more_than_text_in_SARIF(string name)
    {
        var sarif = JsonNode.Parse(Named(name).Sarif())!;

        Assert.That(SarifStandard.Problems(sarif), Is.Empty);
        foreach (var text in sarif["runs"]![0]!["results"]!.AsArray().Select(r => r!["message"]!["text"]!.GetValue<string>()))
            Assert.That(text.Replace("{{", "", StringComparison.Ordinal).Replace("}}", "", StringComparison.Ordinal), Does.Not.Match(@"[{}]|\]\("));
    }

    [TestCaseSource(nameof(Names))]
    public void Nor_does_it_become_markup_in_HTML(string name)
    {
        var page = Named(name).Html();

        AssertHarmless(page);
        Assert.That(Tags(page), Is.EqualTo(Tags(Named("box").Html())));
    }

    [Test]
    public void What_is_harmful_is_shown_by_its_number() =>
        Assert.That(Printable.Of("a\e[31m\n\u202Eb"), Is.EqualTo(@"a\u{1b}[31m\u{a}\u{202e}b"));

    [TestCase("table-1")]
    [TestCase("Größe 5 µm, 東京, 📦")]
    [TestCase("")]
    public void What_is_harmless_is_shown_as_it_is(string text) =>
        Assert.That(Printable.Of(text), Is.SameAs(text));

    // The name stands where a stranger can put it: in the resource, in a tag, in what AWS said, in a waiver.
    private static Report Named(string name)
    {
        var box = Boxes.Box(name);
        var denied = Boxes.Denied with { Code = name, Reason = name };
        var set = Rules.Set(
            [
                Rules.Policy("box-owned", require: "[{ fact: tags.owner, equals: ada }]"),
                Rules.Policy("box-lid-closed"),
                Rules.Policy("box-red", require: "[{ fact: box.colour, equals: red }]"),
            ],
            Rules.Waiver(policy: "box-red", resource: "*", because: name, owner: name, ticket: name));
        var report = Reports.Of(set, [Boxes.SheetOf(box, ("tags.owner", name), ("lid.closed", denied), ("box.colour", name))]);
        return report with
        {
            Listings = [report.Listings[0] with { Complete = false, Problem = name }],
            Notices = [name],
            Drift = [new Change(ChangeKind.Regressed, Severity.High, box.Target, box, "box-lid-closed", null, name, name, name, Alerts: true)],
        };
    }

    // Every tag of the page with the names of its attributes: what a name may not add to.
    private static string Tags(string page) => string.Join('\n', Regex.Matches(
        Regex.Replace(page, "<(?<tag>style|script)>.*?</\\k<tag>>", "", RegexOptions.Singleline, TimeSpan.FromSeconds(10)), "<[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(10))
        .Select(m => Regex.Replace(m.Value, "\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(10))));

    // Half a character cannot be written; it becomes the sign for that.
    private static string Written(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    private static void AssertHarmless(string text) =>
        Assert.That(
            text.Where(c => c != '\n' && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator),
            Is.Empty);
}
