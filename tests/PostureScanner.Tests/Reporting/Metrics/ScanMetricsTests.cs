using System.Globalization;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using static PostureScanner.Tests.Reporting.Metrics.Metered;

namespace PostureScanner.Tests.Reporting.Metrics;

internal sealed class ScanMetricsTests
{
    private const string One = "111122223333";
    private const string Two = "444455556666";

    private static readonly Policy Lid = Rules.Policy("box-lid", severity: Severity.Critical);
    private static readonly Policy Red = Rules.Policy("box-red", severity: Severity.Low);
    private static readonly Policy Crate = Rules.Policy("crate-lid") with { Table = Boxes.Crates };
    private static readonly Policy Tried = Rules.Policy("box-tried", severity: Severity.Critical, mode: PolicyMode.Report);

    /// <summary>Two accounts that were entered and one that was not; five boxes and a crate; everything there is to count.</summary>
    private static readonly Report Sample = Nothing(Lid, Red, Crate, Tried)
        .With(
            Finding(Lid, Box("alpha", One), Verdict.Pass, Boxes.Read(true)),
            Finding(Lid, Box("beta", One), Verdict.Fail, Boxes.Read(false)),
            Finding(Lid, Box("gamma", Two), Verdict.Unknown, Boxes.Read(Boxes.Denied)),
            Finding(Lid, Box("delta", Two), Verdict.Waived, Boxes.Read(Boxes.Denied)),
            Finding(Lid, Box("eps", One, "south"), Verdict.NotApplicable, Boxes.Read(Boxes.Denied)),
            Finding(Red, Box("alpha", One), Verdict.Pass),
            Finding(Red, Box("beta", One), Verdict.Pass),
            Finding(Red, Box("gamma", Two), Verdict.Fail, Boxes.Read(Boxes.Denied)),
            Finding(Crate, Box("crate", One) with { Kind = Boxes.Crates.Kind }, Verdict.NotApplicable),
            Finding(Tried, Box("alpha", One), Verdict.Fail),
            Finding(Tried, Box("beta", One), Verdict.Pass),
            Finding(Tried, Box("eps", One, "south"), Verdict.Unknown, Boxes.Read(Boxes.Denied)))
        .Read(Box("alpha", One), ("lid.closed", true), ("box.made", Boxes.Now.AddDays(-400)), ("box.earliest", Boxes.Now.AddDays(-34)), ("box.latest", Boxes.Now.AddMinutes(-5)), ("box.period", TimeSpan.FromDays(35)))
        with
        {
            Complete = false,
            ApiThrottles = 4,
            ApiCalls = [("box:Describe", 12), ("box:List", 3)],
            Listings =
            [
                new Listing(new Target(One, "north"), Boxes.Kind, 3, Complete: true, null),
                new Listing(new Target(One, "south"), Boxes.Kind, 1, Complete: true, null),
                new Listing(new Target(Two, "north"), Boxes.Kind, 2, Complete: true, null),
                new Listing(new Target(Two, "south"), Boxes.Kind, 0, Complete: false, "box:List was denied"),
                new Listing(new Target("unknown", "north"), Boxes.Kind, 0, Complete: false, "sts:AssumeRole was denied"),
            ],
            State = State,
            Drift = [Change(ChangeKind.Regressed, Lid.Id), Change(ChangeKind.Regressed, Red.Id), Change(ChangeKind.Regressed, Tried.Id), Change(ChangeKind.Replaced, null)],
        };

    [TestCase("ResourcesScanned{Scanner=main}", 6)]
    [TestCase("ScanDurationSeconds{Scanner=main}", 900)]
    [TestCase("ApiCalls{Scanner=main}", 15)]
    [TestCase("ApiThrottles{Scanner=main}", 4)]
    [TestCase("OutboxDepth{Scanner=main}", 0)]
    [TestCase("ScanCompleted{Scanner=main}", 0)]
    [TestCase("Findings{Scanner=main, Verdict=pass, Severity=critical}", 1)]
    [TestCase("Findings{Scanner=main, Verdict=fail, Severity=critical}", 1)]
    [TestCase("Findings{Scanner=main, Verdict=unknown, Severity=critical}", 1)]
    [TestCase("Findings{Scanner=main, Verdict=waived, Severity=critical}", 1)]
    [TestCase("Findings{Scanner=main, Verdict=not-applicable, Severity=critical}", 1)]
    [TestCase("Findings{Scanner=main, Verdict=not-applicable, Severity=high}", 1)]
    [TestCase("Findings{Scanner=main, Verdict=pass, Severity=low}", 2)]
    [TestCase("Findings{Scanner=main, Verdict=fail, Severity=low}", 1)]
    [TestCase("Findings{Scanner=main, Verdict=fail, Severity=medium}", 0)]
    [TestCase("CompliancePercent{Scanner=main}", 50, Description = "3 of 6: waived and not-applicable were not judged")]
    [TestCase("CompliancePercent{Scanner=main, Policy=box-lid}", 100.0 / 3)]
    [TestCase("CompliancePercent{Scanner=main, Policy=box-red}", 200.0 / 3)]
    [TestCase("CompliancePercent{Scanner=main, Kind=Test::Box}", 50)]
    [TestCase("DriftEvents{Scanner=main, Change=regressed}", 2)]
    [TestCase("DriftEvents{Scanner=main, Change=replaced}", 1)]
    [TestCase("DriftEvents{Scanner=main, Change=disappeared}", 0)]
    [TestCase("MaxLatestRestorableAgeSeconds{Scanner=main}", 300)]
    [TestCase("MaxWindowShortfallSeconds{Scanner=main}", 86_400)]
    [TestCase("ScanCompleted{Scanner=main, Account=111122223333}", 1)]
    [TestCase("ScanCompleted{Scanner=main, Account=444455556666}", 0)]
    [TestCase("ScanCompleted{Scanner=main, Account=unknown}", 0)]
    [TestCase("Findings{Scanner=main, Account=111122223333, Verdict=fail, Severity=critical}", 1)]
    [TestCase("Findings{Scanner=main, Account=444455556666, Verdict=fail, Severity=critical}", 0)]
    [TestCase("Findings{Scanner=main, Account=unknown, Verdict=fail, Severity=critical}", 0)]
    [TestCase("Findings{Scanner=main, Account=111122223333, Verdict=unknown}", 0)]
    [TestCase("Findings{Scanner=main, Account=444455556666, Verdict=unknown}", 1)]
    [TestCase("CompliancePercent{Scanner=main, Account=111122223333}", 75)]
    [TestCase("CompliancePercent{Scanner=main, Account=444455556666}", 0)]
    public void Every_number_is_what_it_is_by_hand(string series, double value) =>
        Assert.That(Of(Sample).Value(series), Is.EqualTo(value));

    [Test]
    public void A_resource_is_unread_once_and_only_where_a_policy_that_alerts_needed_it() =>
        Assert.That(Of(Sample).Value("ResourcesUnread{Scanner=main}"), Is.EqualTo(2), "gamma and delta; eps is nobody's who alerts");

    [TestCase("CompliancePercent{Scanner=main, Policy=crate-lid}")]
    [TestCase("CompliancePercent{Scanner=main, Kind=Test::Crate}")]
    [TestCase("CompliancePercent{Scanner=main, Account=unknown}")]
    public void Where_nothing_applied_there_is_no_percentage(string series) => Assert.That(Of(Sample).Value(series), Is.Null);

    [Test]
    public void Where_nothing_was_found_there_are_zeros_and_no_percentages()
    {
        var metrics = Of(Nothing());

        Assert.That(metrics.Where(m => m.Name == "Findings").Select(m => m.Value), Is.EqualTo(Enumerable.Repeat(0.0, (5 * 4) + 2)));
        Assert.That(metrics.Where(m => m.Name == "CompliancePercent"), Is.Empty);
        Assert.That(metrics.Value("ResourcesUnread{Scanner=main}"), Is.Zero);
    }

    [Test]
    public void Policies_in_report_mode_change_no_number()
    {
        var without = Sample with
        {
            Findings = [.. Sample.Findings.Where(f => f.Policy != Tried)],
            Drift = [.. Sample.Drift.Where(c => c.PolicyId != Tried.Id)],
        };

        Assert.That(Text(Of(Sample)), Is.EqualTo(Text(Of(without))));
    }

    [Test]
    public void Every_kind_of_change_is_counted_or_none() =>
        Assert.Multiple(() =>
        {
            Assert.That(Of(Sample).Count(m => m.Name == "DriftEvents"), Is.EqualTo(Enum.GetValues<ChangeKind>().Length));
            Assert.That(Of(Sample with { State = null }).Any(m => m.Name == "DriftEvents"), Is.False, "nothing was compared");
        });

    [TestCase(true, true, 1)]
    [TestCase(true, false, 0)]
    [TestCase(false, true, 0)]
    public void A_scan_is_completed_when_all_was_listed_and_all_is_saved(bool complete, bool saved, double value)
    {
        var metrics = Of(Nothing() with { Complete = complete }, new RunOutcome(OutboxDepth: 7, saved));

        Assert.That(metrics.Value("ScanCompleted{Scanner=main}"), Is.EqualTo(value));
        Assert.That(metrics.Value($"ScanCompleted{{Scanner=main, Account={Boxes.Home.Account}}}"), Is.EqualTo(saved ? 1 : 0), "its one target was listed to its end");
        Assert.That(metrics.Value("OutboxDepth{Scanner=main}"), Is.EqualTo(7));
    }

    [Test]
    public void All_of_them_are_these() => Golden.Verify("metrics.txt", Text(Of(Sample, null, "alpha", "*:beta")));

    [Test]
    public void A_machine_abroad_publishes_the_same()
    {
        using var abroad = new ForeignCulture();
        Golden.Verify("metrics.txt", Text(Of(Sample, null, "alpha", "*:beta")));
    }

    [TestCase("main")]
    [TestCase("the scanner of team 7!")]
    public void A_scanner_has_a_name(string name) => Assert.That(new MetricSettings(name, default).Scanner, Is.EqualTo(name));

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("Prüfer")]
    [TestCase("a\nb")]
    public void A_name_that_CloudWatch_would_not_take_is_refused(string name)
    {
        Assert.That(() => new MetricSettings(name, []), Throws.ArgumentException.With.Message.StartsWith(MetricSettings.ProblemOf(name)!));
        Assert.That(MetricSettings.ProblemOf(name), Does.Contain("1 to 255 printable ASCII characters").And.Not.Contain("\n"));
    }

    [TestCase(255, false)]
    [TestCase(256, true)]
    public void A_name_is_at_most_so_long(int length, bool refused) => Assert.That(MetricSettings.ProblemOf(new string('m', length)) is not null, Is.EqualTo(refused));

    private static Change Change(ChangeKind kind, string? policy) => new(kind, Severity.High, Boxes.Home, null, policy, null, null, null, "", Alerts: true);

    private static string Text(IEnumerable<Metric> metrics) =>
        string.Concat(metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Series} {m.Value:R} {m.Unit}\n")));
}
