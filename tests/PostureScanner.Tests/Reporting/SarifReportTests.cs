using System.Text.Json.Nodes;
using PostureScanner.Core.Reporting;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting;

internal sealed class SarifReportTests
{
    [Test]
    public void It_is_as_it_was() =>
        Golden.Verify("everything.sarif", Reports.Everything.Sarif());

    [Test]
    public void It_keeps_the_rules_of_the_standard()
    {
        Assert.That(SarifStandard.Problems(JsonNode.Parse(Reports.Everything.Sarif())!), Is.Empty);
        Assert.That(SarifStandard.Problems(JsonNode.Parse(Reports.AllWell.Sarif())!), Is.Empty);
    }

    [TestCase("fail", "fail")]
    [TestCase("unknown", "open")]
    [TestCase("waived", "fail")]
    [TestCase("pass", "pass")]
    [TestCase("not-applicable", "notApplicable")]
    public void A_verdict_is_a_kind(string verdict, string kind) =>
        Assert.That(Results(Reports.Everything).Where(r => r["properties"]!["verdict"]!.GetValue<string>() == verdict).Select(r => r["kind"]!.GetValue<string>()).Distinct(), Is.EqualTo(new[] { kind }));

    [TestCase("box-red", "error")]
    [TestCase("box-lid-closed", "error")]
    [TestCase("box-young", "warning")]
    [TestCase("box-owned", "note")]
    [TestCase("box-made-this-year", "note")]
    public void A_severity_is_a_level_and_a_policy_that_only_reports_stops_no_gate(string policy, string level) =>
        Assert.That(Results(Reports.Everything).Where(r => r["ruleId"]!.GetValue<string>() == policy && r["kind"]!.GetValue<string>() == "fail").Select(r => r["level"]!.GetValue<string>()), Is.All.EqualTo(level).And.Not.Empty);

    [Test]
    public void A_waiver_is_a_suppression_with_its_reason_and_nothing_else_is_suppressed()
    {
        var suppressed = Results(Reports.Everything).Where(r => r["suppressions"] is not null).ToList();

        Assert.That(suppressed.Select(r => r["properties"]!["verdict"]!.GetValue<string>()), Is.EqualTo(new[] { "waived" }));
        Assert.That(suppressed[0]["suppressions"]![0]!["justification"]!.GetValue<string>(), Is.EqualTo("It is aired on purpose. (ada@example.com, until 2026-09-23T12:00:00Z)"));
    }

    [Test]
    public void A_target_that_could_not_be_listed_makes_the_run_unsuccessful_and_is_named()
    {
        var invocation = JsonNode.Parse(Reports.Everything.Sarif())!["runs"]![0]!["invocations"]![0]!;

        Assert.That(invocation["executionSuccessful"]!.GetValue<bool>(), Is.False);
        Assert.That(invocation["toolExecutionNotifications"]![0]!["message"]!["text"]!.GetValue<string>(), Does.StartWith("Test::Box in 444455556666/north is not listed to its end: box:List was denied"));
    }

    [TestCase("{0}", "{{0}}")]
    [TestCase("[click](http://evil.example)", "[click] (http://evil.example)")]
    public void A_name_is_no_placeholder_and_no_link(string name, string shown)
    {
        var report = Reports.Of(Rules.Set(Rules.Policy("box-red", require: "[{ fact: box.colour, equals: red }]")), [Boxes.Sheet(("box.colour", name))]);

        Assert.That(Results(report).Single()["message"]!["text"]!.GetValue<string>(), Does.Contain(shown));
    }

    private static IEnumerable<JsonNode> Results(Report report) => JsonNode.Parse(report.Sarif())!["runs"]![0]!["results"]!.AsArray().Select(r => r!);
}
