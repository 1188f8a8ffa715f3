using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;

namespace PostureScanner.Tests.AwsPackages.Wire;

public sealed class CloudWatchTests
{
    private const string Ok = "<PutMetricDataResponse xmlns='http://monitoring.amazonaws.com/doc/2010-08-01/'><ResponseMetadata><RequestId>req-7</RequestId></ResponseMetadata></PutMetricDataResponse>";

    private static readonly DateTime Then = new(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc);

    [Test]
    public async Task A_metric_is_written_member_by_member()
    {
        await using var listener = await Listener.StartAsync(Ok);
        using var cloudWatch = Client(listener);

        var answer = await cloudWatch.PutMetricDataAsync(new PutMetricDataRequest
        {
            Namespace = "PostureScanner",
            MetricData =
            [
                new MetricDatum
                {
                    MetricName = "Findings",
                    Value = 0,
                    Unit = StandardUnit.CountSecond,
                    Timestamp = Then,
                    StorageResolution = 60,
                    Dimensions = [new Dimension { Name = "Scanner", Value = "a b&c=d+é☃" }, new Dimension { Name = "Verdict", Value = "fail" }],
                },
                new MetricDatum { MetricName = "Spread", Values = [1.5, 1e-9], Counts = [2, 1] },
                new MetricDatum { MetricName = "Set", StatisticValues = new StatisticSet { SampleCount = 2, Sum = 3, Minimum = 1, Maximum = 2 } },
            ],
        });

        Assert.That(answer.ResponseMetadata.RequestId, Is.EqualTo("req-7"));
        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])
        [
            "Action=PutMetricData",
            "Version=2010-08-01",
            "Namespace=PostureScanner",
            "MetricData.member.1.MetricName=Findings",
            "MetricData.member.1.Value=0",
            "MetricData.member.1.Unit=Count/Second",
            "MetricData.member.1.Timestamp=2026-11-20T10:00:00Z",
            "MetricData.member.1.StorageResolution=60",
            "MetricData.member.1.Dimensions.member.1.Name=Scanner",
            "MetricData.member.1.Dimensions.member.1.Value=a b&c=d+é☃",
            "MetricData.member.1.Dimensions.member.2.Name=Verdict",
            "MetricData.member.1.Dimensions.member.2.Value=fail",
            "MetricData.member.2.MetricName=Spread",
            "MetricData.member.2.Values.member.1=1.5",
            "MetricData.member.2.Values.member.2=1E-09",
            "MetricData.member.2.Counts.member.1=2",
            "MetricData.member.2.Counts.member.2=1",
            "MetricData.member.3.MetricName=Set",
            "MetricData.member.3.StatisticValues.SampleCount=2",
            "MetricData.member.3.StatisticValues.Sum=3",
            "MetricData.member.3.StatisticValues.Minimum=1",
            "MetricData.member.3.StatisticValues.Maximum=2",
        ]));
    }

    [Test]
    public async Task A_long_request_is_compressed_and_a_short_one_is_not()
    {
        await using var listener = await Listener.StartAsync(Ok);
        using var cloudWatch = Client(listener);

        await cloudWatch.PutMetricDataAsync(Metrics(1));
        await cloudWatch.PutMetricDataAsync(Metrics(1000));

        Assert.That(listener.Asked[0].Headers, Does.Not.ContainKey("Content-Encoding"));
        Assert.That(listener.Asked[1].Headers["Content-Encoding"], Is.EqualTo("gzip"));
        Assert.That(long.Parse(listener.Asked[1].Headers["Content-Length"]), Is.LessThan(100_000));
        Assert.That(listener.Asked[1].Fields, Has.Exactly(1).EqualTo("MetricData.member.1000.MetricName=M999"));
    }

    [Test]
    public async Task Queries_go_out_and_results_come_back_with_their_token()
    {
        await using var listener = await Listener.StartAsync("""
            <GetMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
              <GetMetricDataResult>
                <NextToken>a+b/c==</NextToken>
                <MetricDataResults>
                  <member>
                    <Id>lag</Id><Label>lag &amp; more</Label><StatusCode>PartialData</StatusCode>
                    <Timestamps><member>2026-11-20T10:00:00Z</member><member>2026-11-20T09:59:00.250Z</member></Timestamps>
                    <Values><member>1.5</member><member>2E3</member></Values>
                    <Messages><member><Code>C</Code><Value>V</Value></member></Messages>
                  </member>
                  <member><Id>none</Id><StatusCode>Complete</StatusCode><Timestamps/><Values/></member>
                </MetricDataResults>
                <Messages><member><Code>TooMany</Code><Value>too many</Value></member></Messages>
              </GetMetricDataResult>
              <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
            </GetMetricDataResponse>
            """);
        using var cloudWatch = Client(listener);

        var answer = await cloudWatch.GetMetricDataAsync(new GetMetricDataRequest
        {
            StartTime = Then.AddHours(-1),
            EndTime = Then,
            ScanBy = ScanBy.TimestampDescending,
            MaxDatapoints = 10,
            NextToken = "a+b/c==",
            LabelOptions = new LabelOptions { Timezone = "+0100" },
            MetricDataQueries =
            [
                new MetricDataQuery
                {
                    Id = "lag",
                    ReturnData = false,
                    MetricStat = new MetricStat
                    {
                        Stat = "Maximum",
                        Period = 60,
                        Unit = StandardUnit.Seconds,
                        Metric = new() { Namespace = "AWS/S3", MetricName = "ReplicationLatency", Dimensions = [new Dimension { Name = "RuleId", Value = "all" }] },
                    },
                },
                new MetricDataQuery { Id = "e", Expression = "lag / 2", Label = "half", Period = 60, AccountId = "111122223333" },
            ],
        });

        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])
        [
            "Action=GetMetricData",
            "Version=2010-08-01",
            "StartTime=2026-11-20T09:00:00Z",
            "EndTime=2026-11-20T10:00:00Z",
            "ScanBy=TimestampDescending",
            "MaxDatapoints=10",
            "NextToken=a+b/c==",
            "LabelOptions.Timezone=+0100",
            "MetricDataQueries.member.1.Id=lag",
            "MetricDataQueries.member.1.ReturnData=false",
            "MetricDataQueries.member.1.MetricStat.Stat=Maximum",
            "MetricDataQueries.member.1.MetricStat.Period=60",
            "MetricDataQueries.member.1.MetricStat.Unit=Seconds",
            "MetricDataQueries.member.1.MetricStat.Metric.Namespace=AWS/S3",
            "MetricDataQueries.member.1.MetricStat.Metric.MetricName=ReplicationLatency",
            "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name=RuleId",
            "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value=all",
            "MetricDataQueries.member.2.Id=e",
            "MetricDataQueries.member.2.Expression=lag / 2",
            "MetricDataQueries.member.2.Label=half",
            "MetricDataQueries.member.2.Period=60",
            "MetricDataQueries.member.2.AccountId=111122223333",
        ]));
        Assert.That((answer.NextToken, answer.Messages.Single().Code), Is.EqualTo(("a+b/c==", "TooMany")));
        var lag = answer.MetricDataResults[0];
        Assert.That((lag.Id, lag.Label, lag.StatusCode, lag.Messages.Single().Value), Is.EqualTo(("lag", "lag & more", StatusCode.PartialData, "V")));
        Assert.That(lag.Values, Is.EqualTo((double[])[1.5, 2000]));
        Assert.That(lag.Timestamps, Is.EqualTo((DateTime[])[Then, Then.AddSeconds(-60).AddMilliseconds(250)]));
        Assert.That(lag.Timestamps.Select(t => t.Kind), Is.All.EqualTo(DateTimeKind.Utc));
        Assert.That((answer.MetricDataResults[1].Values, answer.MetricDataResults[1].Messages), Is.EqualTo(((List<double>?)null, (List<MessageData>?)null)));
    }

    [Test]
    public async Task Alarms_of_both_kinds_are_read()
    {
        await using var listener = await Listener.StartAsync("""
            <DescribeAlarmsResponse><DescribeAlarmsResult>
              <MetricAlarms><member>
                <AlarmName>heartbeat</AlarmName><AlarmArn>arn:m</AlarmArn><StateValue>INSUFFICIENT_DATA</StateValue><ActionsEnabled>true</ActionsEnabled>
                <OKActions><member>arn:ok</member></OKActions><AlarmActions><member>arn:1</member><member>arn:2</member></AlarmActions><InsufficientDataActions/>
                <Period>3600</Period><EvaluationPeriods>3</EvaluationPeriods><DatapointsToAlarm>2</DatapointsToAlarm><Threshold>1.0</Threshold>
                <ComparisonOperator>LessThanThreshold</ComparisonOperator><Statistic>Minimum</Statistic><TreatMissingData>breaching</TreatMissingData>
                <Dimensions><member><Name>Scanner</Name><Value>main</Value></member></Dimensions>
                <Metrics><member><Id>m</Id><MetricStat><Metric><Namespace>N</Namespace></Metric><Period>60</Period></MetricStat></member></Metrics>
                <StateUpdatedTimestamp>2026-11-20T10:00:00.000Z</StateUpdatedTimestamp><EvaluationState>SOMETHING_NEW</EvaluationState>
              </member></MetricAlarms>
              <CompositeAlarms><member><AlarmName>either</AlarmName><AlarmRule>ALARM(a) OR ALARM(b)</AlarmRule><StateValue>OK</StateValue></member></CompositeAlarms>
              <NextToken>t</NextToken>
            </DescribeAlarmsResult></DescribeAlarmsResponse>
            """);
        using var cloudWatch = Client(listener);

        var answer = await cloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest
        {
            AlarmNames = ["heartbeat", "either"],
            AlarmTypes = [AlarmType.MetricAlarm, AlarmType.CompositeAlarm],
            StateValue = StateValue.ALARM,
            MaxRecords = 100,
            NextToken = "s",
        });

        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])
        [
            "Action=DescribeAlarms", "Version=2010-08-01", "AlarmNames.member.1=heartbeat", "AlarmNames.member.2=either",
            "AlarmTypes.member.1=MetricAlarm", "AlarmTypes.member.2=CompositeAlarm", "StateValue=ALARM", "MaxRecords=100", "NextToken=s",
        ]));
        var alarm = answer.MetricAlarms.Single();
        Assert.That(alarm.StateValue, Is.EqualTo(StateValue.INSUFFICIENT_DATA));
        Assert.That(alarm.EvaluationState.Value, Is.EqualTo("SOMETHING_NEW"), "a constant newer than the package");
        Assert.That((alarm.AlarmActions.Count, alarm.OKActions.Single(), alarm.InsufficientDataActions), Is.EqualTo((2, "arn:ok", (List<string>?)null)));
        Assert.That((alarm.Period, alarm.DatapointsToAlarm, alarm.Threshold, alarm.ActionsEnabled), Is.EqualTo((3600, 2, 1.0, true)));
        Assert.That((alarm.Dimensions.Single().Value, alarm.Metrics.Single().MetricStat.Metric.Namespace, alarm.StateUpdatedTimestamp), Is.EqualTo(("main", "N", Then)));
        Assert.That((answer.CompositeAlarms.Single().AlarmRule, answer.NextToken), Is.EqualTo(("ALARM(a) OR ALARM(b)", "t")));
    }

    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "Infinity")]
    [TestCase(1d / 3, "0.3333333333333333")]
    public async Task A_number_is_written_so_that_nothing_is_lost(double value, string expected)
    {
        await using var listener = await Listener.StartAsync(Ok);
        using var cloudWatch = Client(listener);

        await cloudWatch.PutMetricDataAsync(new PutMetricDataRequest { Namespace = "N", MetricData = [new MetricDatum { MetricName = "m", Value = value }] });

        Assert.That(listener.Asked.Single().Fields, Has.Member("MetricData.member.1.Value=" + expected));
    }

    private static PutMetricDataRequest Metrics(int count) =>
        new() { Namespace = "N", MetricData = [.. Enumerable.Range(0, count).Select(i => new MetricDatum { MetricName = $"M{i}", Value = i, Timestamp = Then })] };

    private static AmazonCloudWatchClient Client(Listener listener) => new(new BasicAWSCredentials("key", "secret"), listener.Config(new AmazonCloudWatchConfig()));
}
