using CsvHelper;
using PostureScanner.Core.Reporting;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting;

internal sealed class CsvReportTests
{
    [Test]
    public void It_is_as_it_was() =>
        Golden.Verify("everything.csv", Reports.Everything.Csv());

    [Test]
    public void One_finding_is_one_line_whatever_it_says() =>
        Assert.That(Parsed(Reports.Everything), Has.Count.EqualTo(Reports.Everything.Findings.Length));

    [Test]
    public void A_reader_gets_back_what_the_finding_says()
    {
        var waived = Parsed(Reports.Everything).Single(row => row["verdict"] == "waived");
        var finding = Reports.Everything.Findings.Single(f => f.Id == waived["finding id"]);

        Assert.That(waived["arn"], Is.EqualTo(finding.Resource.Arn));
        Assert.That(waived["message"], Is.EqualTo(finding.Message));
        Assert.That(waived["waiver owner"], Is.EqualTo("ada@example.com"));
        Assert.That(waived["waiver expires"], Is.EqualTo("2026-09-23T12:00:00Z"));
        Assert.That(waived["facts"], Is.EqualTo("lid.closed=absent (nobody set it)"));
        Assert.That(waived["observed at"], Is.EqualTo("2026-06-15T12:00:00Z"));
    }

    [Test]
    public void It_begins_with_the_mark_by_which_Excel_knows_UTF8_and_its_lines_end_as_the_standard_says()
    {
        var csv = Reports.Everything.Csv();

        Assert.That(csv, Does.StartWith("\uFEFF\"finding id\",policy,title,"));
        Assert.That(csv.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain('\r').And.Not.Contain('\n'));
    }

    [TestCase("=HYPERLINK(\"http://evil.example\")")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("@SUM(A1)")]
    [TestCase("\t=1")]
    [TestCase("\r=1")]
    [TestCase("  =1")]
    [TestCase("\"=1")]
    [TestCase("' \"=1")]
    [TestCase("＝1")]
    [TestCase("a;=1")]
    [TestCase("a; \"@SUM(A1)")]
    public void No_name_is_calculated(string name)
    {
        var report = Reports.Of(Rules.Set(Rules.LidClosed), [Boxes.SheetOf(Boxes.Box(name), ("lid.closed", false))]);
        var cells = Parsed(report).Single();

        // In a comma's country, and in a semicolon's.
        foreach (var cell in cells.Values.SelectMany(value => value.Split(';').Append(value)))
            Assert.That(cell.TrimStart(' ', '"'), Does.Not.Match(@"\A'?[\s""]*[=+\-@\t\r＝＋－＠]").Or.StartsWith("'"));
        Assert.That(cells["name"], Does.Contain('\''));
    }

    internal static List<Dictionary<string, string>> Parsed(Report report)
    {
        var strict = CsvReaderOptions.Default with { Separator = ',', HasHeader = true, MalformedData = CsvMalformedDataHandling.Throw, FieldCountMismatch = CsvFieldCountHandling.Throw };
        using var reader = CsvReader.FromText(report.Csv(), strict);
        var rows = new List<Dictionary<string, string>>();
        foreach (var row in reader)
            rows.Add(row.ToDictionary().ToDictionary(c => c.Key, c => c.Value ?? "", StringComparer.Ordinal));
        return rows;
    }
}
