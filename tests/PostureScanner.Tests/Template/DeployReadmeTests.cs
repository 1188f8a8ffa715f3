using System.Globalization;
using System.Text.RegularExpressions;
using PostureScanner.Tests.Architecture;
using PostureScanner.Tests.Cli;
using PostureScanner.Tests.Reporting.Metrics;

namespace PostureScanner.Tests.Template;

/// <summary>What the README says of the deployment, held against the template and the command line.</summary>
internal sealed partial class DeployReadmeTests
{
    // us-east-1, before any free tier.
    private const decimal PerSeries = 0.30m;
    private const decimal PerAlarmMetric = 0.10m;
    private const decimal PerDashboard = 3.00m;
    private const decimal PerKey = 1.00m;
    private const decimal PerGigabyteSecond = 0.0000133334m;
    private const decimal PerThousandPuts = 0.005m;
    private const int Scans = 730;

    private static readonly string Section =
        File.ReadAllText(SourceTree.Path("README.md")).Split("\n## ").Single(s => s.StartsWith("Deploy\n", StringComparison.Ordinal));

    private static SamTemplate Template => SamTemplate.Scanner;

    [Test]
    public void The_table_of_settings_says_whence_each_variable_comes() =>
        Assert.That(
            Setting().Matches(Section).Select(r => (r.Groups["variable"].Value, Parameters(r.Groups["parameter"].Value))),
            Is.EquivalentTo(Template.Properties("Scanner")["Environment"]!["Variables"]!.AsObject()
                .Select(v => (v.Key, string.Join(' ', Origins(v.Value!).Distinct().Where(Template.Parameters.ContainsKey).Order())))));

    [Test]
    public async Task And_which_option_means_the_same()
    {
        var help = (await Posture.RunAsync(sandbox: null, "scan", "--help")).Out;

        Assert.That(
            Setting().Matches(Section).SelectMany(r => Option().Matches(r.Groups["option"].Value)).Select(o => o.Value).Where(o => !Regex.IsMatch(help, $@"{o}\b", RegexOptions.None, TimeSpan.FromSeconds(1))),
            Is.Empty);
    }

    [Test]
    public void The_table_of_alarms_has_them_all() =>
        Assert.That(
            Alarm().Matches(Section).Select(r => r.Groups["name"].Value),
            Is.EquivalentTo(Template.OfType("AWS::CloudWatch::Alarm").Select(a => ((string)Template.Properties(a)["AlarmName"]!["Fn::Sub"]!).Replace("${AWS::StackName}-", "", StringComparison.Ordinal))));

    [Test]
    public void It_says_which_alarms_tell_the_second_action() =>
        Assert.That(
            Alarm().Matches(Section).Count(r => r.Value.Contains("second action", StringComparison.Ordinal)),
            Is.EqualTo(Template.OfType("AWS::CloudWatch::Alarm").Count(a => SamTemplate.References(Template.Properties(a)["AlarmActions"]!).Contains("SecondAlarmActionArn"))));

    [Test]
    public void What_it_costs_is_summed_rightly()
    {
        var series = MetricsReadmeTests.Everything(accounts: 1).Length;
        var watched = Template.OfType("AWS::CloudWatch::Alarm").Sum(a => SamTemplate.All(Template.Properties(a)).Count(n => n is System.Text.Json.Nodes.JsonObject o && o["MetricName"] is not null));
        var dashboards = Template.OfType("AWS::CloudWatch::Dashboard").Count();
        var keys = Template.OfType("AWS::KMS::Key").Count(k => Template.Resources[k]!["Condition"] is null);
        var gigabytes = decimal.Parse((string)Template.Parameters["MemorySize"]!["Default"]!, CultureInfo.InvariantCulture) / 1024;
        (string Sum, decimal Price)[] rows =
        [
            (Text($"{series} series × ${PerSeries}"), series * PerSeries),
            (Text($"{watched} × ${PerAlarmMetric}"), watched * PerAlarmMetric),
            (Text($"{dashboards} × ${PerDashboard}"), dashboards * PerDashboard),
            (Text($"{keys} × ${PerKey}"), keys * PerKey),
            (Text($"{Scans} × 60 s × {gigabytes} GB × ${PerGigabyteSecond}"), Scans * 60 * gigabytes * PerGigabyteSecond),
            (Text($"{Scans} × 12 × ${PerThousandPuts} / 1,000"), Scans * 12 * PerThousandPuts / 1000),
        ];

        Assert.That(Cost().Matches(Section).Select(r => (r.Groups["sum"].Value, r.Groups["price"].Value)), Is.EqualTo(rows.Select(r => (r.Sum, Text($"{r.Price:0.00}")))));
        Assert.That(Section, Does.Contain(Text($"**${rows.Sum(r => decimal.Round(r.Price, 2)):0.00}**")));
        Assert.That(Section, Does.Contain(Text($"A signing key is ${PerKey} more")));
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>The parameters that a cell of the table names.</summary>
    private static string Parameters(string cell) => string.Join(' ', Name().Matches(cell).Select(m => m.Groups["name"].Value).Order());

    /// <summary>What a value refers to, itself, by its condition, and by what the resource is made from.</summary>
    private static IEnumerable<string> Origins(System.Text.Json.Nodes.JsonNode value) => SamTemplate.References(value)
        .SelectMany(name => name is "SlackWebhook" ? SamTemplate.References(Template.Resources[name]!) : name is "SigningKey" ? ["SignEvidence"] : [name]);

    [GeneratedRegex(@"^\| `(?<variable>POSTURE_\w+)` \| (?<parameter>[^|]+) \| (?<option>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\| `(?<name>[a-z-]+)` \| [^|]+ \| [^|]+ \|$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alarm();

    [GeneratedRegex(@"^\| [^|*]+ \| (?<sum>[^|]*\$[^|]+) \| \$(?<price>[0-9.]+) \|$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cost();

    [GeneratedRegex("`(?<name>[A-Za-z]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("--[a-z-]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();
}
