using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PostureScanner.Aws;
using PostureScanner.Cli;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Architecture;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Reporting.Metrics;

/// <summary>What the README says of metrics and of their price, held against the metrics of a scan that has them all.</summary>
internal sealed partial class MetricsReadmeTests
{
    private const decimal PricePerSeries = 0.30m;

    private static readonly PolicySet Shipped = PolicyBook.Open(new PolicySources([PolicyOptions.Shipped], [], PolicyOptions.Shipped), AwsComposition.Vocabulary, Boxes.Now, out _);

    private static readonly string Readme = File.ReadAllText(SourceTree.Path("README.md"));

    private static readonly string Section = Readme.Split("\n## ").Single(s => s.StartsWith("Metrics\n", StringComparison.Ordinal));

    private static int Alerting => Shipped.Policies.Count(p => p.Mode == PolicyMode.Alert);

    private static int Kinds => AwsComposition.Vocabulary.Tables.Length;

    /// <summary>What neither policies, nor kinds, nor accounts add to.</summary>
    private static int Fixed => Count(accounts: 1) - Alerting - Kinds - PerAccount;

    private static int PerAccount => Count(accounts: 2) - Count(accounts: 1);

    [Test]
    public void The_table_names_every_metric_and_its_dimensions() =>
        Assert.That(
            Row().Matches(Section).SelectMany(r => r.Groups["by"].Value.Split("; ").Select(by => (r.Groups["name"].Value, by.Replace("`", "", StringComparison.Ordinal)))).Order(),
            Is.EqualTo(Everything(accounts: 1).Select(m => (m.Name, m.Dimensions.Length == 1 ? "–" : string.Join(" + ", m.Dimensions.Skip(1).Select(d => d.Name)))).Distinct().Order()));

    [Test]
    public void The_sum_is_right()
    {
        var sum = Count(accounts: 1);

        Assert.That(Flat(Section), Does.Contain(string.Create(CultureInfo.InvariantCulture, $"${PricePerSeries:0.00} a month for each of the first")));
        Assert.That(Flat(Section), Does.Contain(string.Create(
            CultureInfo.InvariantCulture, $"{Fixed} + {Alerting} + {Kinds} + {PerAccount} = {sum} series, ${sum * PricePerSeries:0.00} a month")));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void The_formula_holds(int accounts)
    {
        Assert.That(Flat(Section), Does.Contain($"{Fixed} + policies + kinds + {PerAccount} × accounts"));
        Assert.That(Count(accounts), Is.EqualTo(Fixed + Alerting + Kinds + (PerAccount * accounts)));
    }

    [Test]
    public void So_is_what_a_resource_costs()
    {
        var (table, bucket) = (Flags("AWS::DynamoDB::Table"), Flags("AWS::S3::Bucket"));

        Assert.That(Flat(Section), Does.Contain(string.Create(
            CultureInfo.InvariantCulture, $"a table up to {table} series (${table * PricePerSeries:0.00} a month), a bucket up to {bucket} (${bucket * PricePerSeries:0.00})")));
    }

    private static int Flags(string kind) => AwsComposition.Vocabulary.Find(kind)!.Facts.Count(f => f.Type == FactType.Flag);

    private static int Count(int accounts) => Everything(accounts).Length;

    /// <summary>Accounts of one table and one bucket, to which every policy applies.</summary>
    internal static ImmutableArray<Metric> Everything(int accounts)
    {
        var report = Metered.Nothing([.. Shipped.Policies]) with { Listings = [], State = Metered.State };
        foreach (var target in Enumerable.Range(0, accounts).Select(a => new Target($"account-{a}", "eu-west-1")))
        {
            foreach (var table in AwsComposition.Vocabulary.Tables)
            {
                var resource = new Resource(table.Kind, $"arn:{target}:{table.Kind}", "orders", target);
                report = report.With([.. Shipped.Policies.Where(p => p.Kind == table.Kind).Select(p => Metered.Finding(p, resource, Verdict.Pass))]) with
                {
                    Listings = report.Listings.Add(new Listing(target, table.Kind, 1, Complete: true, null)),
                };
                if (table.Window is { } window)
                    report = report.Read(resource, (window.Enabled, true), (window.Created, Boxes.Now), (window.Earliest, Boxes.Now), (window.Latest, Boxes.Now), (window.Period, TimeSpan.FromDays(35)));
            }
        }

        return ScanMetrics.Of(report, AwsComposition.Vocabulary, new MetricSettings("main", []), Metered.Saved);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)` \| (?<by>[^|]+) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
