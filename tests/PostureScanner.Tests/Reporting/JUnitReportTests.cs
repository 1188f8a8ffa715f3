using System.Globalization;
using System.Xml.Linq;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting;

internal sealed class JUnitReportTests
{
    [Test]
    public void It_is_as_it_was() =>
        Golden.Verify("everything.junit.xml", Reports.Everything.JUnit());

    [Test]
    public void When_all_is_well_nothing_fails() =>
        Golden.Verify("all-well.junit.xml", Reports.AllWell.JUnit());

    [Test]
    public void Every_suite_counts_what_it_holds_and_the_whole_counts_the_suites()
    {
        var whole = XElement.Parse(Reports.Everything.JUnit());
        foreach (var counted in whole.Elements("testsuite").Append(whole))
        {
            Assert.That(Count(counted, "tests"), Is.EqualTo(counted.Descendants("testcase").Count()));
            Assert.That(Count(counted, "failures"), Is.EqualTo(counted.Descendants("failure").Count()));
            Assert.That(Count(counted, "errors"), Is.EqualTo(counted.Descendants("error").Count()));
            Assert.That(Count(counted, "skipped"), Is.EqualTo(counted.Descendants("skipped").Count()));
        }
    }

    [TestCase("box-lid-closed", "beta", "failure")]
    [TestCase("box-lid-closed", "gamma", "error")]
    [TestCase("box-lid-closed", "delta", "skipped")]
    [TestCase("box-purple", "beta", "skipped")]
    [TestCase("box-made-this-year", "beta", "skipped")]
    [TestCase("box-lid-closed", "alpha", null)]
    public void A_verdict_is_an_outcome(string policy, string box, string? outcome) =>
        Assert.That(
            XElement.Parse(Reports.Everything.JUnit()).Descendants("testcase").Single(c => c.Attribute("classname")!.Value == policy && c.Attribute("name")!.Value.StartsWith(box, StringComparison.Ordinal)).Elements().Select(e => e.Name.LocalName),
            Is.EqualTo(outcome is null ? [] : new[] { outcome }));

    [Test]
    public void A_policy_that_only_reports_never_fails_a_build_and_says_why()
    {
        var report = Reports.Of(Rules.Set(Rules.Policy("box-lid-closed", mode: PolicyMode.Report)), [Boxes.Sheet(("lid.closed", false))]);
        var skipped = XElement.Parse(report.JUnit()).Descendants("skipped").Single();

        Assert.That(skipped.Attribute("message")!.Value, Is.EqualTo("fail, but the policy only reports (mode: report): lid.closed is false, must equal true"));
    }

    [Test]
    public void A_scan_of_nothing_because_nothing_could_be_listed_is_not_green()
    {
        var report = Reports.Of(Rules.Set(Rules.LidClosed), []);
        report = report with { Complete = false, Listings = [report.Listings[0] with { Complete = false, Problem = "box:List was denied" }] };

        Assert.That(XElement.Parse(report.JUnit()).Descendants("error").Select(e => e.Attribute("message")!.Value), Does.Contain("box:List was denied"));
    }

    private static int Count(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
