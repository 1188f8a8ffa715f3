using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting.Metrics;

/// <summary>Metrics of reports that are made by hand; here boxes have a restorable window, and metrics of their own.</summary>
internal static class Metered
{
    public static readonly RunOutcome Saved = new(OutboxDepth: 0, IsSaved: true);

    public static readonly Snapshot State = new(
        "5ca9", Boxes.Now, ImmutableSortedDictionary<string, PolicyState>.Empty, "", [], ImmutableSortedDictionary<string, ResourceState>.Empty);

    public static readonly Vocabulary Vocabulary = new(
    [
        new FactTable(Boxes.Kind, [], Boxes.Table.Facts, [], new RestoreWindow("lid.closed", "box.made", "box.earliest", "box.latest", "box.period")) { ResourceDimension = "BoxName" },
        new FactTable(Boxes.Crates.Kind, [], Boxes.Crates.Facts) { ResourceDimension = "CrateName" },
    ]);

    public static ImmutableArray<Metric> Of(Report report, RunOutcome? outcome = null, params string[] patterns) =>
        ScanMetrics.Of(report, Vocabulary, new MetricSettings("main", [.. patterns]), outcome ?? Saved);

    /// <summary>The metric's value; null where it is not published.</summary>
    public static double? Value(this IEnumerable<Metric> metrics, string series) => metrics.SingleOrDefault(m => m.Series == series)?.Value;

    /// <summary>An hour's quarter of a scan that listed one box and found nothing to say of it.</summary>
    public static Report Nothing(params Policy[] policies) => Reports.Of(Rules.Set(policies), []) with
    {
        FinishedAt = Boxes.Now.AddMinutes(15),
        Listings = [new Listing(Boxes.Home, Boxes.Kind, 1, Complete: true, null)],
    };

    public static Report With(this Report report, params Finding[] findings) => report with { Findings = [.. report.Findings.Concat(findings).Order(FindingOrder.Instance)] };

    public static Report Read(this Report report, Resource resource, params (string Fact, object? Value)[] values) => report with
    {
        Readings = report.Readings.SetItem(
            resource.Arn,
            new ResourceReading(resource, values.ToImmutableSortedDictionary(v => v.Fact, v => v.Value is null ? null : Boxes.Value(v.Value), StringComparer.Ordinal))),
    };

    public static Finding Finding(Policy policy, Resource resource, Verdict verdict, params Reading<FactValue>[] readings) =>
        new(policy, resource, verdict, null, [.. readings], "what was read");

    public static Resource Box(string name, string account, string region = "north") =>
        Boxes.Box(name, new Target(account, region)) with { Arn = $"arn:box:{region}:{account}:{name}" };
}
