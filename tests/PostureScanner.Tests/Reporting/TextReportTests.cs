using System.Text.RegularExpressions;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting;

internal sealed class TextReportTests
{
    [Test]
    public void When_all_is_well_it_is_two_lines() =>
        Golden.Verify("all-well.txt", Reports.AllWell.Text());

    [Test]
    public void What_fails_stands_first_and_the_totals_last() =>
        Golden.Verify("everything.txt", Reports.Everything.Text());

    [Test]
    public void On_a_terminal_it_has_colours() =>
        Golden.Verify("everything-colour.txt", Reports.Everything.Text(colour: true));

    [Test]
    public void Colour_adds_nothing_but_colour()
    {
        var painted = Regex.Replace(Reports.Everything.Text(colour: true), @"\e\[[0-9;]+m", "", RegexOptions.None, TimeSpan.FromSeconds(10));

        Assert.That(painted, Is.EqualTo(Reports.Everything.Text()));
    }

    [Test]
    public void A_hundred_failing_resources_are_twenty_and_a_count() =>
        Golden.Verify("many.txt", Reports.Of(
            Rules.Set(Rules.LidClosed, Rules.Policy("box-red", require: "[{ fact: box.colour, equals: red }]")),
            Enumerable.Range(100, 100).Select(i => Boxes.SheetOf(Boxes.Box($"box-{i}"), ("lid.closed", false), ("box.colour", Boxes.Denied)))).Text());

    [Test]
    public void A_report_mode_policy_is_never_in_the_counts()
    {
        var report = Reports.Of(Rules.Set(Rules.Policy("box-lid-closed", mode: PolicyMode.Report)), [Boxes.Sheet(("lid.closed", false))]);

        Golden.Verify("report-only.txt", report.Text());
        Assert.That(report.Alert.Fail, Is.Zero);
        Assert.That(report.ReportMode.Fail, Is.EqualTo(1));
        Assert.That(report.Any(Verdict.Fail, Severity.Low), Is.False);
    }

    [TestCase(Severity.Critical, false)]
    [TestCase(Severity.High, true)]
    [TestCase(Severity.Medium, true)]
    [TestCase(Severity.Low, true)]
    public void A_finding_counts_at_its_severity_and_below(Severity atLeast, bool counts)
    {
        var report = Reports.Of(Rules.Set(Rules.LidClosed), [Boxes.Sheet(("lid.closed", false))]);

        Assert.That(report.Any(Verdict.Fail, atLeast), Is.EqualTo(counts));
        Assert.That(report.Any(Verdict.Unknown, atLeast), Is.False);
    }

    [Test]
    public void The_culture_of_the_machine_changes_no_byte()
    {
        var before = Reports.Formats.Select(f => f.Write(Reports.Everything)).ToList();
        using var foreign = new ForeignCulture();

        Assert.That(Reports.Formats.Select(f => f.Write(Reports.Everything)), Is.EqualTo(before));
    }

    [Test]
    public void Changes_are_a_line_or_two_each() =>
        Golden.Verify("changes.txt", Reports.Written(output => ChangesText.Write(Reports.Everything.Drift, output, colour: false)));

    [Test]
    public void One_resource_is_its_facts_and_its_verdicts() =>
        Golden.Verify("resource.txt", Reports.Written(output => ResourceText.Write(
            Reports.Everything with { Findings = [.. Reports.Everything.Findings.Where(f => f.Resource.Name is "beta" or "gamma")] }, output, colour: false)));

    [Test]
    public void One_policy_is_what_it_wants_and_why() =>
        Golden.Verify("policy.txt", Reports.Written(output => PolicyText.Write(
            Draft.Good
                .Examples("{ facts: { box.colour: blue, lid.closed: true }, verdict: pass }", "{ facts: { box.colour: ~, lid.closed: false }, verdict: fail }", "{ facts: { }, verdict: unknown }")
                .And("when: [{ not: { fact: box.colour, equals: red } }]")
                .And("controls: [house-rules/1]")
                .Policy(),
            output,
            colour: false)));
}
