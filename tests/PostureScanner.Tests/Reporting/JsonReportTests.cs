using System.Text.Json.Nodes;
using FsCheck.Fluent;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Evaluation;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting;

internal sealed class JsonReportTests
{
    // posture-report/v1. What stands behind a question mark is there only where there is something to say.
    private static readonly string[] Contract =
    [
        "schema",
        "scan.id", "scan.startedAt", "scan.finishedAt", "scan.tool.name", "scan.tool.version", "scan.policyDigest", "scan.complete",
        "scan.outOfScope[].account", "scan.outOfScope[].region", "scan.outOfScope[].kind", "scan.outOfScope[].count",
        "scan.targets[].account", "scan.targets[].region", "scan.targets[].kind", "scan.targets[].listed", "scan.targets[].complete", "scan.targets[].problem",
        "scan.apiCalls.box:Describe", "scan.apiCalls.box:List",
        "summary.resources", "summary.policies",
        "summary.pass", "summary.fail", "summary.unknown", "summary.notApplicable", "summary.waived",
        "summary.failBySeverity.critical", "summary.failBySeverity.high", "summary.failBySeverity.medium", "summary.failBySeverity.low",
        "summary.reportMode.pass", "summary.reportMode.fail", "summary.reportMode.unknown", "summary.reportMode.notApplicable", "summary.reportMode.waived",
        "summary.reportMode.failBySeverity.critical", "summary.reportMode.failBySeverity.high", "summary.reportMode.failBySeverity.medium", "summary.reportMode.failBySeverity.low",
        "policies[].policy", "policies[].mode", "policies[].severity", "policies[].applied",
        "findings[].id", "findings[].policy", "findings[].title", "findings[].severity", "findings[].mode", "findings[].verdict", "findings[].message",
        "findings[].since", "findings[].fix", "findings[].controls[]",
        "findings[].resource.kind", "findings[].resource.arn", "findings[].resource.name", "findings[].resource.account", "findings[].resource.region",
        "findings[].facts[].fact", "findings[].facts[].state", "findings[].facts[].value", "findings[].facts[].source", "findings[].facts[].observedAt",
        "findings[].facts[].code", "findings[].facts[].reason",
        "findings[].waiver.owner", "findings[].waiver.because", "findings[].waiver.expires", "findings[].waiver.ticket",
        "drift[].change", "drift[].severity", "drift[].resource.kind", "drift[].resource.arn", "drift[].resource.name", "drift[].resource.account", "drift[].resource.region",
        "drift[].resource", "drift[].target.account", "drift[].target.region", "drift[].target.kind", "drift[].policy", "drift[].fact", "drift[].before", "drift[].after", "drift[].message", "drift[].alertId",
        "notices[]",
    ];

    [Test]
    public void It_is_as_it_was() =>
        Golden.Verify("everything.json", Reports.Everything.Json());

    [Test]
    public void It_has_the_fields_of_the_contract_and_no_others() =>
        Assert.That(Paths(JsonNode.Parse(Reports.Everything.Json()), "").Distinct(StringComparer.Ordinal), Is.EquivalentTo(Contract));

    [TestCase("lid.closed", "known", "true")]
    [TestCase("lid.count", "known", "2")]
    [TestCase("box.colour", "known", "\"red\"")]
    [TestCase("box.places", "known", "[\"east\",\"north\"]")]
    [TestCase("box.age", "known", "\"PT6H\"")]
    [TestCase("box.made", "known", "\"2025-11-27T12:00:00Z\"")]
    [TestCase("tags.owner", "known", "\"ada\"")]
    public void A_value_has_the_type_of_its_fact(string fact, string state, string value) =>
        AssertFact("alpha", fact, state, value);

    [TestCase("beta", "tags.owner", "absent")]
    [TestCase("gamma", "lid.closed", "unknown")]
    public void Where_there_is_no_value_it_is_null(string box, string fact, string state) =>
        AssertFact(box, fact, state, "null");

    [Test]
    public void An_unknown_fact_says_what_was_asked_and_what_came_back()
    {
        var fact = Fact("gamma", "box.age");

        Assert.That(fact["source"]!.GetValue<string>(), Is.EqualTo("box:Weigh"));
        Assert.That(fact["code"]!.GetValue<string>(), Is.EqualTo("Throttling"));
        Assert.That(fact["reason"]!.GetValue<string>(), Is.EqualTo("box:Weigh was throttled until the time was up."));
    }

    [Test]
    public void Every_finding_of_every_verdict_is_there_in_order()
    {
        var verdicts = JsonNode.Parse(Reports.Everything.Json())!["findings"]!.AsArray().Select(f => f!["verdict"]!.GetValue<string>()).ToList();

        Assert.That(verdicts, Has.Count.EqualTo(4 * 6));
        Assert.That(verdicts.Distinct(StringComparer.Ordinal), Is.EqualTo(new[] { "fail", "unknown", "waived", "pass", "not-applicable" }));
    }

    [Test]
    public void The_summary_counts_what_the_findings_say()
    {
        var json = JsonNode.Parse(Reports.Everything.Json())!;
        foreach (var (mode, summary) in new[] { ("alert", json["summary"]!), ("report", json["summary"]!["reportMode"]!) })
        {
            var findings = json["findings"]!.AsArray().Where(f => f!["mode"]!.GetValue<string>() == mode).ToList();
            foreach (var (key, verdict) in new[] { ("pass", "pass"), ("fail", "fail"), ("unknown", "unknown"), ("notApplicable", "not-applicable"), ("waived", "waived") })
                Assert.That(summary[key]!.GetValue<int>(), Is.EqualTo(findings.Count(f => f!["verdict"]!.GetValue<string>() == verdict)), $"{mode} {key}");
            Assert.That(summary["failBySeverity"]!.AsObject().Sum(s => s.Value!.GetValue<int>()), Is.EqualTo(summary["fail"]!.GetValue<int>()));
        }
    }

    [Test]
    public void The_order_in_which_things_were_read_changes_no_byte()
    {
        var set = Rules.Set([Rules.LidClosed, Rules.Policy("box-red", require: "[{ fact: box.colour, equals: red }]", severity: Severity.Critical)], Rules.Waiver(resource: "box-*2"));
        var estates = Samples.Readings.ArrayOf(8).SelectMany(
            readings => Gen.Shuffle(Enumerable.Range(0, 8)),
            (readings, order) => (Sheets: readings.Select((r, i) => Samples.Sheet(r, $"box-{i}")).ToList(), Order: order));

        Prop.ForAll(estates.ToArbitrary(), estate =>
            Reports.Of(set, estate.Sheets).Json() == Reports.Of(set, estate.Order.Select(i => estate.Sheets[i])).Json()).Hold(samples: 100);
    }

    private static void AssertFact(string box, string name, string state, string value)
    {
        var fact = Fact(box, name);
        Assert.That(fact["state"]!.GetValue<string>(), Is.EqualTo(state));
        Assert.That(fact["value"]?.ToJsonString() ?? "null", Is.EqualTo(value));
        Assert.That(fact.AsObject().ContainsKey("value"), Is.True);
        Assert.That(fact["observedAt"]!.GetValue<string>(), Is.EqualTo("2026-06-15T12:00:00Z"));
    }

    private static JsonNode Fact(string box, string name) => JsonNode.Parse(Reports.Everything.Json())!["findings"]!.AsArray()
        .Where(f => f!["resource"]!["name"]!.GetValue<string>() == box)
        .SelectMany(f => f!["facts"]!.AsArray())
        .First(f => f!["fact"]!.GetValue<string>() == name)!;

    // A value is of any type; what stands below it is the fact's, not the contract's.
    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        _ when path.EndsWith(".value", StringComparison.Ordinal) => [path],
        JsonObject o => o.SelectMany(p => Paths(p.Value, path.Length == 0 ? p.Key : $"{path}.{p.Key}")),
        JsonArray a => a.SelectMany(item => Paths(item, $"{path}[]")),
        _ => [path],
    };
}
