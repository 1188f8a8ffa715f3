using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Reporting.Metrics;

namespace PostureScanner.Tests.Template;

/// <summary>Alarms and widgets look at what is really published: a name misspelt here would be an alarm that never rings.</summary>
internal sealed partial class MonitoringTests
{
    private static readonly Dictionary<string, string> Given = new(StringComparer.Ordinal)
    {
        ["MetricNamespace"] = "The/Namespace", ["ScannerName"] = "main", ["Scanner"] = "function", ["DeadLetters.QueueName"] = "letters",
        ["AWS::Region"] = "eu-west-1", ["AWS::StackName"] = "posture",
    };

    /// <summary>What AWS publishes of the function and the queue.</summary>
    private static readonly string[] OfAws =
        ["AWS/Lambda Errors{FunctionName=function}", "AWS/Lambda Throttles{FunctionName=function}", "AWS/SQS ApproximateNumberOfMessagesVisible{QueueName=letters}"];

    private static readonly ImmutableArray<Metric> Published = MetricsReadmeTests.Everything(accounts: 1);

    private static readonly HashSet<string> Known = [.. Published.Select(m => $"The/Namespace {m.Series}"), .. OfAws];

    private static SamTemplate Template => SamTemplate.Scanner;

    private static IEnumerable<string> Alarms => Template.OfType("AWS::CloudWatch::Alarm");

    private static IEnumerable<JsonNode> Widgets =>
        JsonNode.Parse(SamTemplate.Text(Template.Properties("Dashboard")["DashboardBody"], Given))!["widgets"]!.AsArray().Select(w => w!);

    private static IEnumerable<JsonNode> Charts => Widgets.Where(w => (string)w["type"]! == "metric");

    private static IEnumerable<JsonArray> Lines => Charts.SelectMany(c => c["properties"]!["metrics"]!.AsArray()).Select(m => m!.AsArray());

    private static IEnumerable<string> Searches => Lines.Where(l => l[0] is JsonObject).Select(l => (string)l[0]!["expression"]!);

    [TestCaseSource(nameof(Alarms))]
    public void An_alarm_looks_at_what_is_published(string alarm) =>
        Assert.That(SamTemplate.All(Template.Properties(alarm)).OfType<JsonObject>().Where(o => o["MetricName"] is not null).Select(OfAlarm), Is.Not.Empty.And.SubsetOf(Known));

    [Test]
    public void So_does_every_line_of_the_dashboard() =>
        Assert.That(Lines.Where(l => l[0] is JsonValue).Select(OfLine), Is.Not.Empty.And.SubsetOf(Known));

    [Test]
    public void And_every_search_finds_something() =>
        Assert.That(Searches.Where(s => !Finds(s)), Is.Empty);

    [TestCaseSource(nameof(Alarms))]
    public void An_alarm_says_what_to_do(string alarm) => Assert.That((string?)Template.Properties(alarm)["AlarmDescription"], Has.Length.InRange(80, 1024));

    [Test]
    public void Above_every_chart_stands_what_to_do()
    {
        var words = Widgets.Where(w => (string)w["type"]! == "text").Select(w => (At(w, "x"), At(w, "y") + At(w, "height"), At(w, "width")));

        Assert.That(words, Is.EquivalentTo(Charts.Select(c => (At(c, "x"), At(c, "y"), At(c, "width")))));
    }

    // A request whose answer was lost is sent again and counts twice.
    [Test]
    public void What_we_publish_is_never_summed()
    {
        var ours = Alarms.Select(a => Template.Properties(a)).Where(a => a["Namespace"] is JsonObject);

        Assert.That(ours.Select(a => (string?)a["Statistic"]), Is.All.EqualTo("Maximum").Or.EqualTo("Minimum"));
        Assert.That(Charts.Select(c => (string?)c["properties"]!["stat"]), Is.All.EqualTo("Maximum").Or.EqualTo("Minimum"));
    }

    [Test]
    public void A_missing_heartbeat_is_an_alarm()
    {
        var alarm = Template.Properties("HeartbeatAlarm");

        Assert.That((string?)alarm["TreatMissingData"], Is.EqualTo("breaching"));
        Assert.That(
            new[] { "Statistic", "Period", "DatapointsToAlarm", "EvaluationPeriods", "ComparisonOperator", "Threshold" }.Select(name => (string?)alarm[name]),
            Is.EqualTo(new[] { "Minimum", "3600", "2", "3", "LessThanThreshold", "1" }));
    }

    private static string OfAlarm(JsonObject metric) => Series(
        SamTemplate.Text(metric["Namespace"], Given),
        SamTemplate.Text(metric["MetricName"], Given),
        metric["Dimensions"]!.AsArray().Select(d => $"{SamTemplate.Text(d!["Name"], Given)}={SamTemplate.Text(d["Value"], Given)}"));

    private static string OfLine(JsonArray line)
    {
        string[] words = [.. line.OfType<JsonValue>().Select(v => (string)v!)];
        return Series(words[0], words[1], words[2..].Chunk(2).Select(d => $"{d[0]}={d[1]}"));
    }

    private static string Series(string metricNamespace, string name, IEnumerable<string> dimensions) => $"{metricNamespace} {name}{{{string.Join(", ", dimensions)}}}";

    /// <summary>CloudWatch finds series with exactly the dimensions of the schema.</summary>
    private static bool Finds(string expression) => Search().Match(expression) is { Success: true } search && Published.Any(m =>
        search.Groups["namespace"].Value == Given["MetricNamespace"]
        && m.Name == search.Groups["metric"].Value
        && m.Dimensions.Select(d => d.Name).SequenceEqual(search.Groups["dimensions"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        && m.Dimensions[0].Value == search.Groups["scanner"].Value);

    private static int At(JsonNode widget, string name) => (int)widget[name]!;

    [GeneratedRegex(
        """\ASEARCH\('\{"(?<namespace>[^"]+)"(?<dimensions>(?:,\w+)+)\} MetricName="(?<metric>\w+)" Scanner="(?<scanner>[^"]+)"', '(?:Maximum|Minimum)', 3600\)\z""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Search();
}
