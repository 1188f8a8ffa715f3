using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace PostureScanner.Tests.AwsPackages.Moto;

public sealed class CloudWatchMotoTests : MotoTest<AmazonCloudWatchClient>
{
    protected override AmazonCloudWatchClient Connect() => new(Credentials, Config(new AmazonCloudWatchConfig()));

    protected override async Task ArrangeAsync()
    {
        foreach (var name in (string[])["heartbeat", "Fehler & Söhne"])
        {
            await AwsAsync(
                "cloudwatch", "put-metric-alarm", "--alarm-name", name, "--alarm-actions", "arn:aws:sns:us-east-1:123456789012:alerts", "--namespace", "PostureScanner",
                "--metric-name", "ScanCompleted", "--dimensions", "Name=Scanner,Value=main", "--statistic", "Minimum", "--period", "3600", "--evaluation-periods", "3",
                "--datapoints-to-alarm", "2", "--threshold", "1", "--comparison-operator", "LessThanThreshold", "--treat-missing-data", "breaching");
        }
    }

    [Test]
    public async Task A_thousand_metrics_go_in_one_request_and_come_back()
    {
        var now = DateTime.UtcNow;
        var scanned = new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, DateTimeKind.Utc).AddMinutes(-10);
        var request = new PutMetricDataRequest
        {
            Namespace = "Thousand",
            MetricData =
            [
                .. Enumerable.Range(0, 1000).Select(i => new MetricDatum
                {
                    MetricName = "PitrEnabled",
                    Value = i,
                    Unit = StandardUnit.Count,
                    Timestamp = scanned,
                    Dimensions = [new Dimension { Name = "Scanner", Value = "main & co" }, new Dimension { Name = "TableName", Value = $"table-{i}" }],
                }),
            ],
        };

        var put = await Client.PutMetricDataAsync(request);
        var got = await Client.GetMetricDataAsync(new GetMetricDataRequest
        {
            StartTime = scanned.AddMinutes(-1),
            EndTime = scanned.AddMinutes(2),
            MetricDataQueries = [Query("first", 0), Query("last", 999), Query("none", 1000)],
        });

        Assert.That(put.ResponseMetadata.RequestId, Is.Not.Empty);
        Assert.That(got.MetricDataResults.Select(r => (r.Id, r.StatusCode.Value, r.Values?.Single())), Is.EquivalentTo(((string, string, double?)[])[("first", "Complete", 0), ("last", "Complete", 999), ("none", "Complete", null)]));
        Assert.That(got.MetricDataResults[0].Timestamps.Single(), Is.EqualTo(scanned));
    }

    [Test]
    public async Task Alarms_come_back_as_they_were_made()
    {
        var answer = await Client.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = ["Fehler & Söhne"], AlarmTypes = [AlarmType.MetricAlarm] });

        var alarm = answer.MetricAlarms.Single();
        Assert.That((alarm.AlarmName, alarm.MetricName, alarm.Namespace, alarm.TreatMissingData), Is.EqualTo(("Fehler & Söhne", "ScanCompleted", "PostureScanner", "breaching")));
        Assert.That((alarm.Period, alarm.EvaluationPeriods, alarm.DatapointsToAlarm, alarm.Threshold), Is.EqualTo((3600, 3, 2, 1.0)));
        Assert.That((alarm.Statistic, alarm.ComparisonOperator, alarm.ActionsEnabled), Is.EqualTo((Statistic.Minimum, ComparisonOperator.LessThanThreshold, true)));
        Assert.That((alarm.AlarmActions.Single(), alarm.Dimensions.Single().Value), Is.EqualTo(("arn:aws:sns:us-east-1:123456789012:alerts", "main")));
        Assert.That(alarm.StateUpdatedTimestamp, Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Alarms_are_all_found()
    {
        var answer = await Client.DescribeAlarmsAsync(new DescribeAlarmsRequest());

        Assert.That(answer.MetricAlarms.Select(a => a.AlarmName), Is.EquivalentTo((string[])["heartbeat", "Fehler & Söhne"]));
        Assert.That((answer.CompositeAlarms, answer.NextToken), Is.EqualTo(((List<CompositeAlarm>?)null, (string?)null)));
    }

    [Test]
    public void What_is_no_number_is_refused_by_name()
    {
        var error = Assert.ThrowsAsync<InvalidParameterValueException>(
            async () => await Client.PutMetricDataAsync(new PutMetricDataRequest { Namespace = "N", MetricData = [new MetricDatum { MetricName = "m", Value = double.NaN }] }))!;

        Assert.That((error.ErrorCode, (int)error.StatusCode, error.Message), Is.EqualTo(("InvalidParameterValue", 400, "The value NaN for parameter MetricData.member.1.Value is invalid.")));
        Assert.That(error.RequestId, Is.Not.Empty);
    }

    private static MetricDataQuery Query(string id, int table) => new()
    {
        Id = id,
        MetricStat = new MetricStat
        {
            Stat = "Maximum",
            Period = 60,
            Metric = new Metric
            {
                Namespace = "Thousand",
                MetricName = "PitrEnabled",
                Dimensions = [new Dimension { Name = "Scanner", Value = "main & co" }, new Dimension { Name = "TableName", Value = $"table-{table}" }],
            },
        },
    };
}
