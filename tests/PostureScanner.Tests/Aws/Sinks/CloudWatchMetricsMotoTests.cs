using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using PostureScanner.Aws;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.AwsPackages.Moto;
using PostureScanner.Tests.Reporting.Metrics;
using Metric = PostureScanner.Core.Reporting.Metrics.Metric;

namespace PostureScanner.Tests.Aws.Sinks;

/// <summary>The metrics of a scan, read back from an emulator nobody here wrote.</summary>
public sealed class CloudWatchMetricsMotoTests : MotoTest<AmazonCloudWatchClient>
{
    protected override AmazonCloudWatchClient Connect() => new(Credentials, Config(new AmazonCloudWatchConfig()));

    [Test]
    public async Task Every_metric_of_a_scan_comes_back()
    {
        var scanned = DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60) - 600);
        var metrics = Metered.Of(Metered.Nothing().Read(Metered.Box("orders", Account), ("lid.closed", true)) with { State = Metered.State, ApiThrottles = 7 }, new RunOutcome(3, IsSaved: true), "*");

        // Not disposed: that would dispose the fixture's client.
        var cloudWatch = new CloudWatchMetrics(Client, "Posture", AwsSettings.DefaultPatience);
        await cloudWatch.PublishAsync(metrics, scanned, default);
        var got = await Client.GetMetricDataAsync(new GetMetricDataRequest
        {
            StartTime = scanned.AddMinutes(-1).UtcDateTime,
            EndTime = scanned.AddMinutes(2).UtcDateTime,
            MetricDataQueries = [.. metrics.Select(Query)],
        });

        Assert.That(
            got.MetricDataResults.Select(r => (r.Id, r.Timestamps.Single(), r.Values.Single())),
            Is.EquivalentTo(metrics.Select((m, i) => ($"q{i}", scanned.UtcDateTime, m.Value))));
    }

    private static MetricDataQuery Query(Metric metric, int index) => new()
    {
        Id = $"q{index}",
        MetricStat = new MetricStat
        {
            Stat = "Maximum",
            Period = 60,
            Metric = new Amazon.CloudWatch.Model.Metric
            {
                Namespace = "Posture",
                MetricName = metric.Name,
                Dimensions = [.. metric.Dimensions.Select(d => new Dimension { Name = d.Name, Value = d.Value })],
            },
        },
    };
}
