using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class CloudWatchTests : SandboxTest
{
    private const string Datum = "&MetricData.member.1.MetricName=Findings";
    private const string One = Datum + "&MetricData.member.1.Value=1";

    [Test]
    public async Task A_datum_is_read_from_within_as_it_was_put()
    {
        await PutAsync("&MetricData.member.1.MetricName=Findings&MetricData.member.1.Value=7&MetricData.member.1.Unit=Count&MetricData.member.1.Timestamp="
            + Uri.EscapeDataString(Clock.Now.AddHours(-1).ToString("o")) + Dimension(1, "Verdict", "fail") + Dimension(2, "Scanner", "main"));

        var datum = Sandbox.Metrics.Of("Findings", ("Scanner", "main")).Single();

        Assert.Multiple(() =>
        {
            Assert.That((datum.Namespace, datum.Sum, datum.Unit, datum.Account, datum.Region), Is.EqualTo(("PostureScanner", 7.0, "Count", Clients.Account, Clients.Home)));
            Assert.That(datum.Timestamp, Is.EqualTo(Clock.Now.AddHours(-1)));
            Assert.That(datum.Dimensions, Is.EqualTo(new Dictionary<string, string>(StringComparer.Ordinal) { ["Scanner"] = "main", ["Verdict"] = "fail" }));
            Assert.That(Sandbox.Calls.Of("cloudwatch:PutMetricData", "PostureScanner"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Values_with_counts_and_statistics_are_summed_up()
    {
        await PutAsync(Datum + "&MetricData.member.1.Values.member.1=2&MetricData.member.1.Values.member.2=5&MetricData.member.1.Counts.member.1=3&MetricData.member.1.Counts.member.2=1"
            + "&MetricData.member.2.MetricName=Set&MetricData.member.2.StatisticValues.SampleCount=4&MetricData.member.2.StatisticValues.Sum=10"
            + "&MetricData.member.2.StatisticValues.Minimum=1&MetricData.member.2.StatisticValues.Maximum=4");

        var (many, set) = (Sandbox.Metrics.Of("Findings").Single(), Sandbox.Metrics.Of("Set").Single());
        Assert.That((many.SampleCount, many.Sum, many.Minimum, many.Maximum), Is.EqualTo((4.0, 11.0, 2.0, 5.0)));
        Assert.That((set.SampleCount, set.Average), Is.EqualTo((4.0, 2.5)));
    }

    [TestCase("AWS/S3", One, "InvalidParameterValue", "The value AWS/S3 for parameter Namespace is invalid.")]
    [TestCase(":p", One, "InvalidParameterValue", "Namespace")]
    [TestCase("P", "", "MissingParameter", "The parameter MetricData is required.")]
    [TestCase("P", "&MetricData.member.1.Value=1", "MissingParameter", "MetricData.member.1.MetricName")]
    [TestCase("P", Datum, "InvalidParameterValue", "At least one of the parameters")]
    [TestCase("P", Datum + "&MetricData.member.1.Value=NaN", "InvalidParameterValue", "The value NaN for parameter MetricData.member.1.Value is invalid.")]
    [TestCase("P", Datum + "&MetricData.member.1.Value=Infinity", "InvalidParameterValue", "Infinity")]
    [TestCase("P", Datum + "&MetricData.member.1.Value=3e108", "InvalidParameterValue", "3e108")]
    [TestCase("P", Datum + "&MetricData.member.1.Value=many", "InvalidParameterValue", "many")]
    [TestCase("P", One + "&MetricData.member.1.StatisticValues.Sum=1", "InvalidParameterCombination", "mutually exclusive")]
    [TestCase("P", One + "&MetricData.member.1.Unit=Apples", "InvalidParameterValue", "Apples")]
    [TestCase("P", One + "&MetricData.member.1.StorageResolution=5", "InvalidParameterValue", "StorageResolution")]
    [TestCase("P", One + "&MetricData.member.1.Dimensions.member.1.Name=a", "MissingParameter", "MetricData.member.1.Dimensions.member.1.Value")]
    [TestCase("P", One + "&MetricData.member.1.Dimensions.member.1.Name=a&MetricData.member.1.Dimensions.member.1.Value=%20", "InvalidParameterValue", "Dimensions.member.1.Value")]
    [TestCase("P", One + "&MetricData.member.1.Dimensions.member.1.Name=%C3%BC&MetricData.member.1.Dimensions.member.1.Value=v", "InvalidParameterValue", "Dimensions.member.1.Name")]
    public async Task What_CloudWatch_would_not_take_is_refused_and_nothing_of_the_call_is_kept(string space, string fields, string code, string message)
    {
        var another = fields.Length == 0 ? "" : "&MetricData.member.2.MetricName=Good&MetricData.member.2.Value=1";

        using var answer = await SendAsync($"Action=PutMetricData&Namespace={space}{fields}{another}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"<Code>{code}</Code>").And.Contain(message));
        Assert.That(Sandbox.Metrics.All, Is.Empty);
    }

    [TestCase(-15 * 24, "no more than two weeks in the past")]
    [TestCase(3, "no more than two hours in the future")]
    public async Task A_time_too_far_away_is_refused(int hours, string message)
    {
        using var answer = await SendAsync($"Action=PutMetricData&Namespace=P{One}&MetricData.member.1.Timestamp={Uri.EscapeDataString(Clock.Now.AddHours(hours).ToString("o"))}");

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(message));
    }

    [TestCase(1000, 30, null)]
    [TestCase(1001, 0, "The collection MetricData must not have a size greater than 1000.")]
    [TestCase(1, 31, "The collection MetricData.member.1.Dimensions must not have a size greater than 30.")]
    public async Task A_call_takes_a_thousand_data_of_thirty_dimensions(int data, int dimensions, string? refusal)
    {
        var put = new JsonObject { ["Namespace"] = "P" };
        put["MetricData"] = new JsonArray([.. Enumerable.Range(0, data).Select(i => new JsonObject
        {
            ["MetricName"] = $"m{i}",
            ["Value"] = i,
            ["Dimensions"] = new JsonArray([.. Enumerable.Range(0, dimensions).Select(d => new JsonObject { ["Name"] = $"d{d}", ["Value"] = "v" })]),
        })]);

        using var answer = await JsonAsync("PutMetricData", put.ToJsonString(), gzip: true);

        Assert.That(answer.StatusCode, Is.EqualTo(refusal is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), refusal is null ? Is.EqualTo("{}") : Does.Contain(refusal));
        Assert.That(answer.Headers.Contains("x-amzn-query-error"), Is.EqualTo(refusal is not null));
    }

    [Test]
    public async Task A_request_over_a_megabyte_is_413()
    {
        using var answer = await JsonAsync("PutMetricData", new string(' ', (1024 * 1024) + 1) + "{}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [TestCase("Sum", 60, new[] { 4.0, 3.0 })]
    [TestCase("Average", 60, new[] { 4.0, 1.5 })]
    [TestCase("Minimum", 3600, new[] { 1.0 })]
    [TestCase("Maximum", 3600, new[] { 4.0 })]
    [TestCase("SampleCount", 3600, new[] { 3.0 })]
    public async Task Data_are_read_by_period_the_newest_first(string statistic, int period, double[] values)
    {
        var hour = new DateTimeOffset(Clock.Now.UtcTicks - (Clock.Now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        foreach (var (second, value) in new[] { (0, 1), (59, 2), (60, 4) })
            Sandbox.Metrics.Put(MetricDatum.Of("AWS/S3", "Latency", value, ("SourceBucket", "b")) with { Timestamp = hour.AddSeconds(second) });
        Sandbox.Metrics.Put(MetricDatum.Of("AWS/S3", "Latency", 100, ("SourceBucket", "b"), ("RuleId", "r")) with { Timestamp = hour });
        var query = new JsonObject
        {
            ["StartTime"] = hour.ToUnixTimeSeconds(),
            ["EndTime"] = hour.AddHours(1).ToUnixTimeSeconds(),
            ["MetricDataQueries"] = new JsonArray(new JsonObject
            {
                ["Id"] = "q",
                ["MetricStat"] = new JsonObject
                {
                    ["Metric"] = new JsonObject { ["Namespace"] = "AWS/S3", ["MetricName"] = "Latency", ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "SourceBucket", ["Value"] = "b" }) },
                    ["Period"] = period,
                    ["Stat"] = statistic,
                },
            }),
        };

        using var answer = await JsonAsync("GetMetricData", query.ToJsonString());

        var result = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["MetricDataResults"]![0]!;
        Assert.That(result["Values"]!.AsArray().Select(value => value!.GetValue<double>()), Is.EqualTo(values));
        Assert.That(result["Timestamps"]!.AsArray()[^1]!.GetValue<long>(), Is.EqualTo(hour.ToUnixTimeSeconds()));
    }

    [Test]
    public async Task The_query_protocol_reads_the_same()
    {
        Sandbox.Metrics.Put(MetricDatum.Of("P", "Findings", 2));

        using var answer = await SendAsync(
            "Action=GetMetricData&MetricDataQueries.member.1.Id=q&MetricDataQueries.member.1.MetricStat.Metric.Namespace=P&MetricDataQueries.member.1.MetricStat.Metric.MetricName=Findings"
            + "&MetricDataQueries.member.1.MetricStat.Period=60&MetricDataQueries.member.1.MetricStat.Stat=Sum"
            + $"&StartTime={Uri.EscapeDataString(Clock.Now.AddHours(-1).ToString("o"))}&EndTime={Uri.EscapeDataString(Clock.Now.AddHours(1).ToString("o"))}");

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<MetricDataResults><member><Id>q</Id><Label>Findings</Label>").And.Contain("<Values><member>2</member></Values>"));
    }

    [Test]
    public async Task Metrics_are_listed_once_by_name_and_dimension()
    {
        foreach (var account in new[] { "a", "b", "b" })
            await PutAsync(One + Dimension(1, "Account", account));
        await PutAsync("&MetricData.member.1.MetricName=Other&MetricData.member.1.Value=1");

        using var all = await JsonAsync("ListMetrics", """{"Namespace":"PostureScanner"}""");
        using var some = await JsonAsync("ListMetrics", """{"MetricName":"Findings","Dimensions":[{"Name":"Account","Value":"b"}]}""");

        Assert.That(JsonNode.Parse(await all.Content.ReadAsStringAsync())!["Metrics"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(await some.Content.ReadAsStringAsync(), Is.EqualTo("""{"Metrics":[{"Namespace":"PostureScanner","MetricName":"Findings","Dimensions":[{"Name":"Account","Value":"b"}]}]}"""));
    }

    [Test]
    public async Task An_alarm_is_described_as_it_was_put_and_has_seen_no_data()
    {
        using var put = await SendAsync("Action=PutMetricAlarm&AlarmName=heartbeat&ComparisonOperator=LessThanThreshold&EvaluationPeriods=3&Threshold=1&TreatMissingData=breaching&AlarmActions.member.1=arn:aws:sns:x");
        using var incomplete = await SendAsync("Action=PutMetricAlarm&AlarmName=heartbeat");

        using var answer = await JsonAsync("DescribeAlarms", """{"AlarmNames":["heartbeat"]}""");

        var alarm = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["MetricAlarms"]![0]!;
        Assert.That((alarm["EvaluationPeriods"]!.GetValue<int>(), alarm["StateValue"]!.GetValue<string>(), alarm["AlarmActions"]![0]!.GetValue<string>()), Is.EqualTo((3, "INSUFFICIENT_DATA", "arn:aws:sns:x")));
        Assert.That(await incomplete.Content.ReadAsStringAsync(), Does.Contain("The parameter ComparisonOperator is required."));
    }

    [Test]
    public async Task Faults_speak_CloudWatchs_language()
    {
        Sandbox.Faults.Fail("cloudwatch:PutMetricData", 500, "InternalServiceError", times: 1);
        Sandbox.Faults.ThrottleFirst("cloudwatch:PutMetricData", 1);
        Sandbox.Faults.Deny("cloudwatch:PutMetricData");

        foreach (var (status, code) in new[] { (HttpStatusCode.InternalServerError, "InternalServiceError"), (HttpStatusCode.BadRequest, "Throttling"), (HttpStatusCode.Forbidden, "AccessDenied") })
        {
            using var answer = await SendAsync($"Action=PutMetricData&Namespace=P{One}");
            Assert.That(answer.StatusCode, Is.EqualTo(status));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"<Code>{code}</Code>"));
        }
    }

    [Test]
    public async Task The_protocol_it_does_not_speak_is_501_and_is_named()
    {
        using var content = new ByteArrayContent([0xA0]);
        content.Headers.Add("smithy-protocol", "rpc-v2-cbor");

        using var answer = await Sandbox.SendAsync(HttpMethod.Post, "/service/GraniteServiceVersion20100801/operation/PutMetricData", "monitoring", content: content);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotImplemented));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("cloudwatch:PutMetricData in rpc-v2-cbor"));
    }

    private static string Dimension(int index, string name, string value) => $"&MetricData.member.1.Dimensions.member.{index}.Name={name}&MetricData.member.1.Dimensions.member.{index}.Value={value}";

    private async Task PutAsync(string fields)
    {
        using var answer = await SendAsync("Action=PutMetricData&Namespace=PostureScanner" + fields);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> SendAsync(string form) => Sandbox.SendAsync(HttpMethod.Post, "/", "monitoring", body: form);

    private Task<HttpResponseMessage> JsonAsync(string operation, string body, bool gzip = false) =>
        Sandbox.SendAsync(HttpMethod.Post, "/", "monitoring", target: $"GraniteServiceVersion20100801.{operation}", content: gzip ? Zipped(body) : new StringContent(body));

    private static ByteArrayContent Zipped(string body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(body));
        var content = new ByteArrayContent(zipped.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
