using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using static PostureScanner.Tests.Reporting.Metrics.Metered;

namespace PostureScanner.Tests.Reporting.Metrics;

internal sealed class ResourceMetricsTests
{
    private const string Account = "111122223333";

    private static readonly Report Two = Nothing().Read(Box("orders", Account), ("lid.closed", true)).Read(Box("events", Account), ("lid.closed", false));

    private static IEnumerable<FactTable> Tables => AwsComposition.Vocabulary.Tables;

    [TestCase("orders", 1, null)]
    [TestCase("*", 1, 0.0)]
    [TestCase("ev?nts", null, 0.0)]
    [TestCase("arn:box:north:*:orders", 1, null)]
    [TestCase("Orders", null, null)]
    public void Those_are_told_of_that_a_pattern_selects(string pattern, double? orders, double? events)
    {
        var metrics = Of(Two, null, pattern);

        Assert.That((metrics.Value("LidClosed{Scanner=main, BoxName=orders}"), metrics.Value("LidClosed{Scanner=main, BoxName=events}")), Is.EqualTo((orders, events)));
    }

    [Test]
    public void Without_a_pattern_there_are_none() => Assert.That(Own(Two), Is.Empty);

    [Test]
    public void A_replica_that_is_off_is_not_hidden_by_one_that_is_on() =>
        Assert.That(
            Own(Nothing().Read(Box("orders", Account), ("lid.closed", true)).Read(Box("orders", Account, "south"), ("lid.closed", false)), "orders"),
            Is.EqualTo(new[] { ("LidClosed{Scanner=main, BoxName=orders}", 0.0) }));

    [Test]
    public void What_is_unknown_or_not_configured_is_not_told()
    {
        var policy = Rules.Policy("box-lid");

        Assert.That(Own(Nothing(policy).Read(Box("a", Account), ("lid.closed", null)).With(Finding(policy, Box("b", Account), Verdict.Unknown, Boxes.Read(Boxes.Denied))), "*"), Is.Empty);
    }

    [Test]
    public void What_only_a_policy_asked_for_is_told_too()
    {
        var policy = Rules.Policy("box-lid");

        Assert.That(
            Own(Nothing(policy).With(Finding(policy, Box("a", Account), Verdict.Pass, Boxes.Read(true))), "*"),
            Is.EqualTo(new[] { ("LidClosed{Scanner=main, BoxName=a}", 1.0) }));
    }

    [Test]
    public void Only_switches_are_told() =>
        Assert.That(Own(Nothing().Read(Box("a", Account), ("box.colour", "red"), ("box.age", TimeSpan.FromDays(1))), "*"), Is.Empty);

    [TestCase("pitr.enabled", "PitrEnabled")]
    [TestCase("versioning.enabled", "VersioningEnabled")]
    [TestCase("deletion-protection.enabled", "DeletionProtectionEnabled")]
    [TestCase("replication.kms-objects", "ReplicationKmsObjects")]
    public void A_fact_is_a_metric_by_name(string fact, string name) => Assert.That(ResourceMetrics.NameOf(fact), Is.EqualTo(name));

    [Test]
    public void Every_kind_that_is_scanned_names_its_resources_in_metrics() =>
        Assert.That(Tables.Select(t => t.ResourceDimension), Is.EqualTo(new[] { "TableName", "BucketName" }));

    [TestCaseSource(nameof(Tables))]
    public void No_two_facts_are_one_metric(FactTable table) =>
        Assert.That(table.Facts.Where(f => f.Type == FactType.Flag).Select(f => ResourceMetrics.NameOf(f.Name)), Is.Unique.And.All.Match(@"\A[A-Z][A-Za-z0-9]{0,254}\z"));

    private static IEnumerable<(string Series, double Value)> Own(Report report, params string[] patterns) =>
        Of(report, null, patterns).Where(m => m.Name == "LidClosed").Select(m => (m.Series, m.Value));
}
