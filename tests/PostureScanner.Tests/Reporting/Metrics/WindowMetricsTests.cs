using System.Collections.Immutable;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Facts;
using static PostureScanner.Tests.Reporting.Metrics.Metered;

namespace PostureScanner.Tests.Reporting.Metrics;

internal sealed class WindowMetricsTests
{
    private const string Age = "MaxLatestRestorableAgeSeconds{Scanner=main}";
    private const string Shortfall = "MaxWindowShortfallSeconds{Scanner=main}";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [TestCase(400, 35, 35, 0, TestName = "Full")]
    [TestCase(400, 34, 35, 1, TestName = "A day is missing")]
    [TestCase(3, 2, 35, 1, TestName = "Promised from the creation on")]
    [TestCase(3, 3, 35, 0, TestName = "Younger than the promise, and whole")]
    [TestCase(400, 36, 35, 0, TestName = "More than promised is not less than none")]
    [TestCase(400, 1, 7, 6, TestName = "Switched on yesterday")]
    public void What_is_missing_of_the_promised_window(double created, double earliest, double period, double days) =>
        Assert.That(Measure(Window("box", created, earliest, period)).Value(Shortfall), Is.EqualTo(days * Day.TotalSeconds));

    [Test]
    public void The_worst_resource_counts()
    {
        var metrics = Measure(Window("well", 400, 35, 35, latest: 0.5), Window("late", 400, 35, 35, latest: 2), Window("short", 400, 30, 35, latest: 0.25));

        Assert.That((metrics.Value(Age), metrics.Value(Shortfall)), Is.EqualTo((2 * Day.TotalSeconds, 5 * Day.TotalSeconds)));
    }

    [Test]
    public void A_restorable_moment_after_the_scan_began_is_no_negative_age() =>
        Assert.That(Measure(Window("box", 400, 35, 35, latest: -1)).Value(Age), Is.Zero);

    [Test]
    public void Where_recovery_is_off_or_unread_nothing_is_measured() =>
        Assert.That(Names(Measure(Window("off", 400, 30, 35).Replace(("lid.closed", true), ("lid.closed", false)), Window("unread", 400, 30, 35).Remove(("lid.closed", true)))), Is.Empty);

    [TestCase("box.made")]
    [TestCase("box.period")]
    [TestCase("box.earliest")]
    public void A_shortfall_of_which_a_part_is_unread_is_not_made_up(string fact) =>
        Assert.That(Names(Measure([.. Window("box", 400, 30, 35).Where(v => v.Fact != fact)])), Is.EqualTo(new[] { "MaxLatestRestorableAgeSeconds" }));

    [Test]
    public void A_kind_without_a_window_has_none()
    {
        var crate = Box("crate", "111122223333") with { Kind = Boxes.Crates.Kind };

        Assert.That(Names(Of(Nothing().Read(crate, [.. Window("crate", 400, 30, 35)]))), Is.Empty);
    }

    private static ImmutableArray<(string Fact, object? Value)> Window(string name, double created, double earliest, double period, double latest = 0.1) =>
    [
        ("box.colour", name), ("lid.closed", true), ("box.made", Boxes.Now - (created * Day)), ("box.earliest", Boxes.Now - (earliest * Day)),
        ("box.latest", Boxes.Now - (latest * Day)), ("box.period", period * Day),
    ];

    private static ImmutableArray<Metric> Measure(params IEnumerable<ImmutableArray<(string Fact, object? Value)>> windows) =>
        Of(windows.Aggregate(Nothing(), (Report report, ImmutableArray<(string Fact, object? Value)> w) => report.Read(Box((string)w[0].Value!, "111122223333"), [.. w])));

    private static IEnumerable<string> Names(IEnumerable<Metric> metrics) => metrics.Select(m => m.Name).Where(n => n.StartsWith("Max", StringComparison.Ordinal));
}
