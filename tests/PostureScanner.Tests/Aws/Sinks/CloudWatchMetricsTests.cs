using System.Collections.Immutable;
using System.Globalization;
using Amazon.CloudWatch;
using Amazon.Runtime;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Reporting.Metrics;
using Metric = PostureScanner.Core.Reporting.Metrics.Metric;

namespace PostureScanner.Tests.Aws.Sinks;

internal sealed class CloudWatchMetricsTests : AwsTest
{
    private const string Operation = "cloudwatch:PutMetricData";
    private const string Space = "PostureScanner";

    private static readonly Metric One = new("ScanCompleted", [("Scanner", "main")], 1, MetricUnit.None);

    private AwsSettings Settings => new([Home], [], Pace.Off, AwsSettings.DefaultPatience, Sandbox.Url);

    [Test]
    public async Task A_scan_comes_back_as_it_was_published()
    {
        var metrics = Metered.Of(Metered.Nothing().Read(Metered.Box("orders", Account), ("lid.closed", true)), null, "*");

        using var cloudWatch = CloudWatchMetrics.Open(Space, Settings);
        await cloudWatch.PublishAsync(metrics, Clock.Now.AddMinutes(-7), default);

        Assert.That(
            Sandbox.Metrics.All.Select(d => (d.Name, string.Join(' ', d.Dimensions.Values), d.Sum, d.Unit)),
            Is.EqualTo(metrics.Select(m => (m.Name, string.Join(' ', m.Dimensions.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => d.Value)), m.Value, m.Unit.ToString()))));
        Assert.That(Sandbox.Metrics.All.Select(d => (d.Namespace, d.Timestamp, d.SampleCount)), Is.All.EqualTo((Space, Clock.Now.AddMinutes(-7), 1.0)));
        Assert.That(Sandbox.Metrics.Of("LidClosed", ("BoxName", "orders")).Single().Maximum, Is.EqualTo(1));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(1000, 1)]
    [TestCase(1001, 2)]
    [TestCase(2500, 3)]
    public async Task A_request_holds_a_thousand(int metrics, int requests)
    {
        using var cloudWatch = CloudWatchMetrics.Open(Space, Settings);
        await cloudWatch.PublishAsync(Many(metrics), Clock.Now, default);

        Assert.That((Sandbox.Metrics.All.Count, Calls.Of(Operation)), Is.EqualTo((metrics, requests)));
        Assert.That(Sandbox.Metrics.All.Select(d => d.Sum), Is.EqualTo(Enumerable.Range(0, metrics)));
    }

    [Test]
    public async Task No_request_is_larger_than_CloudWatch_takes_even_uncompressed()
    {
        // Every character of these takes three in the query protocol.
        var name = new string('"', 1024);
        using var cloudWatch = Bare(config => config.DisableRequestCompression = true);

        await cloudWatch.PublishAsync([.. Many(1000).Select(m => m with { Dimensions = [("Scanner", "main"), ("TableName", name)] })], Clock.Now, default);

        Assert.That(Sandbox.Metrics.All, Has.Count.EqualTo(1000));
        Assert.That(Calls.Of(Operation), Is.GreaterThan(3));
    }

    [Test]
    public async Task A_stumble_is_asked_again()
    {
        Faults.Fail(Operation, 503, "ServiceUnavailable", times: 1);

        using var cloudWatch = CloudWatchMetrics.Open(Space, Settings);
        await cloudWatch.PublishAsync([One], Clock.Now, default);

        Assert.That((Sandbox.Metrics.All.Count, Calls.Of(Operation)), Is.EqualTo((1, 2)));
    }

    [Test]
    public void A_denial_is_a_sentence()
    {
        Faults.Deny(Operation);
        using var cloudWatch = CloudWatchMetrics.Open("Our/Posture", Settings);

        Assert.That(
            async () => await cloudWatch.PublishAsync([One, One], Clock.Now, default),
            Throws.TypeOf<SinkException>().With.Message.StartsWith("2 of 2 metrics could not be published to the namespace Our/Posture: cloudwatch:PutMetricData failed with AccessDenied: "));
        Assert.That(Calls.Of(Operation), Is.EqualTo(1), "asking again would not help");
    }

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return Failure("HTTP 500", f => f.Fail(Operation, 500, "InternalServiceError"), "InternalServiceError");
        yield return Failure("HTTP 503", f => f.Fail(Operation, 503, "ServiceUnavailable"), "ServiceUnavailable");
        yield return Failure("throttled to the end", f => f.ThrottleFirst(Operation, 100), "Throttling");
        yield return Failure("refused", f => f.Fail(Operation, 400, "InvalidParameterValue"), "InvalidParameterValue");
        yield return Failure("broken off", f => f.Close(Operation), "NoAnswer");
        yield return Failure("garbage", f => f.Garbage(Operation), "UnreadableAnswer");

        static TestCaseData Failure(string what, Action<PostureScanner.Sandbox.Faults> arrange, string code) => new TestCaseData(arrange, code).SetArgDisplayNames(what);
    }

    [TestCaseSource(nameof(Failures))]
    public void Whatever_goes_wrong_is_a_sentence(Action<PostureScanner.Sandbox.Faults> arrange, string code)
    {
        arrange(Faults);
        using var cloudWatch = Bare();

        var error = Assert.ThrowsAsync<SinkException>(() => cloudWatch.PublishAsync([One], Clock.Now, default))!;

        Assert.That(error.Message, Does.StartWith($"1 of 1 metrics could not be published to the namespace {Space}: {Operation} failed with {code}"));
        Assert.That(error.Message, Does.Not.Contain("\n"));
    }

    [Test]
    public void Silence_is_not_waited_out()
    {
        Faults.Hang(Operation);
        using var cloudWatch = CloudWatchMetrics.Open(Space, Settings with { Patience = TimeSpan.FromSeconds(0.2) });

        Assert.That(async () => await cloudWatch.PublishAsync([One], Clock.Now, default), Throws.TypeOf<SinkException>().With.Message.EndsWith("failed with NoAnswer: no answer in time"));
    }

    [Test]
    public void What_no_time_is_left_for_is_not_published()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var cloudWatch = CloudWatchMetrics.Open(Space, Settings);

        Assert.That(async () => await cloudWatch.PublishAsync([One], Clock.Now, stop.Token), Throws.TypeOf<SinkException>().With.Message.EndsWith("failed with NoAnswer: no answer in time"));
    }

    [Test]
    public void What_was_published_before_the_failure_is_not_counted_as_lost()
    {
        // On a clock that stands still two requests pass, and no third.
        Faults.ThrottleRate(Operation, 2);
        using var cloudWatch = Bare();

        Assert.That(async () => await cloudWatch.PublishAsync(Many(3500), Clock.Now, default), Throws.TypeOf<SinkException>().With.Message.StartsWith("1500 of 3500 metrics"));
        Assert.That((Sandbox.Metrics.All.Count, Calls.Of(Operation)), Is.EqualTo((2000, 3)), "after a failure nothing more is tried");
    }

    [TestCase("PostureScanner")]
    [TestCase("our.scanners/posture_1 #2:x")]
    [TestCase("AWS")]
    public void A_namespace_is_taken(string name) => Assert.That(() => CloudWatchMetrics.Open(name, Settings).Dispose(), Throws.Nothing);

    [TestCase("")]
    [TestCase("  ")]
    [TestCase(":posture")]
    [TestCase("AWS/Posture")]
    [TestCase("Prüfung")]
    [TestCase("a\nb")]
    [TestCase("posture\n")]
    [TestCase("a*b")]
    public void A_namespace_that_CloudWatch_would_not_take_is_refused_at_once(string name) =>
        Assert.That(() => CloudWatchMetrics.Open(name, Settings), Throws.TypeOf<SettingsException>().With.Message.Contains("cannot be a namespace").And.Message.Not.Contains("\n"));

    [TestCase(255, true)]
    [TestCase(256, false)]
    public void A_namespace_is_at_most_so_long(int length, bool taken) =>
        Assert.That(() => CloudWatchMetrics.Open(new string('n', length), Settings).Dispose(), taken ? Throws.Nothing : Throws.TypeOf<SettingsException>());

    [Test]
    public async Task A_hostile_name_spoils_nothing()
    {
        string[] names = ["", " ", "Größe", "東京", "📦", "a\u0000b", "\e[31m", "x\ny", "half\uD83D", new('n', 3000), new(' ', 3000), ":colon", "AWS/", "a=b&c", "\u2003"];

        using var cloudWatch = CloudWatchMetrics.Open(Space, Settings);
        await cloudWatch.PublishAsync([.. names.Select(n => new Metric("PitrEnabled", [("Scanner", "main"), ("TableName", n)], 1, MetricUnit.None)), One], Clock.Now, default);

        Assert.That(Sandbox.Metrics.All, Has.Count.EqualTo(names.Length + 1));
        Assert.That(Sandbox.Metrics.Of("PitrEnabled", ("TableName", @"Gr\u{f6}\u{df}e")), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_machine_abroad_publishes_the_same_numbers()
    {
        using var abroad = new ForeignCulture();
        using var cloudWatch = CloudWatchMetrics.Open(Space, Settings);
        await cloudWatch.PublishAsync([One with { Value = 100.0 / 3 }, One with { Value = 1e15 }], Clock.Now, default);

        Assert.That(Sandbox.Metrics.All.Select(d => d.Sum), Is.EqualTo(new[] { 100.0 / 3, 1e15 }));
    }

    [Test]
    public void The_permission_stands_beside_the_call() => Assert.That(CloudWatchMetrics.PutMetricData, Is.EqualTo(new PostureScanner.Core.Facts.Call(Operation, Operation)));

    private static ImmutableArray<Metric> Many(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Metric(
            "DeletionProtectionEnabled", [("Scanner", "main"), ("TableName", string.Create(CultureInfo.InvariantCulture, $"orders-of-the-year-{i}"))], i, MetricUnit.None)),
    ];

    /// <summary>Without the SDK's repetitions, which wait between them.</summary>
    private CloudWatchMetrics Bare(Action<AmazonCloudWatchConfig>? change = null)
    {
        var config = PostureScanner.Aws.Clients.ClientConfig.For(new AmazonCloudWatchConfig(), Home, Sandbox.Url);
        change?.Invoke(config);
        return new CloudWatchMetrics(new AmazonCloudWatchClient(new BasicAWSCredentials("posture", "posture"), config), Space, AwsSettings.DefaultPatience);
    }
}
