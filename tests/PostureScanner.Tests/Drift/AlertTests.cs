using System.Security.Cryptography;
using System.Text;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using static PostureScanner.Tests.Drift.Scans;

namespace PostureScanner.Tests.Drift;

/// <summary>What somebody is told of a scan.</summary>
internal sealed class AlertTests
{
    private static readonly Policy Lid = Rules.Policy("box-lid-closed", severity: Severity.Critical);
    private static readonly Policy Mild = Rules.Policy("box-mild", severity: Severity.High);

    [Test]
    public void An_alert_is_named_by_the_scan_before_the_resource_the_policy_and_the_change()
    {
        var turned = Run(Scan(0, Finding(Lid, Verdict.Pass)), Scan(1, Finding(Lid, Verdict.Fail)))[1];
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("scan-0\narn:box:box-1\nbox-lid-closed\nregressed")))[..32];

        Assert.That(turned.Changes.Single().AlertId, Is.EqualTo(expected));
        Assert.That(turned.Alerts.Single().Id, Is.EqualTo(expected));
    }

    [Test]
    public void An_alert_can_be_told_by_itself()
    {
        var alert = Run(Scan(0, Finding(Lid, Verdict.Pass)), Scan(1, Finding(Lid, Verdict.Fail)))[1].Alerts.Single();

        Assert.That((alert.Word, alert.Severity, alert.Before, alert.After), Is.EqualTo(("regressed", Severity.Critical, "pass", "fail")));
        Assert.That((alert.Title, alert.Because, alert.Fix, alert.Message), Is.EqualTo((Lid.Title, Lid.Because, "close box-1", "what was read")));
        Assert.That((alert.ScanId, alert.At, alert.Since), Is.EqualTo(("scan-1", Boxes.Now.AddHours(1), (DateTimeOffset?)Boxes.Now.AddHours(1))));
    }

    [Test]
    public void Good_news_asks_for_nothing()
    {
        var alert = Run(Scan(0, Finding(Lid, Verdict.Fail)), Scan(1, Finding(Lid, Verdict.Pass)))[1].Alerts.Single();
        Assert.That((alert.Word, alert.Because, alert.Fix), Is.EqualTo(("recovered", (string?)null, (string?)null)));
    }

    [Test]
    public void A_change_without_an_alert_has_no_alert_id()
    {
        var report = Rules.Policy("box-lid-closed", mode: PolicyMode.Report);
        var turned = Run(Scan(0, Finding(report, Verdict.Pass)), Scan(1, Finding(report, Verdict.Fail)))[1];
        Assert.That(turned.Changes.Single().AlertId, Is.Null);
        Assert.That(turned.Alerts, Is.Empty);
    }

    [Test]
    public void The_first_scan_is_told_once_with_its_counts()
    {
        var first = Run(Scan(0, Finding(Lid, Verdict.Fail), Finding(Mild, Verdict.Fail), Finding(Lid, Verdict.Unknown, "box-2"), Finding(Mild, Verdict.Waived, "box-2")))[0];

        var alert = first.Alerts.Single();
        Assert.That((alert.Word, alert.Severity), Is.EqualTo((Alert.Baseline, Severity.Critical)));
        Assert.That(alert.Message, Does.Contain("111122223333/north: 2 fail (1 critical, 1 high), 1 unknown, 1 waived"));
    }

    [TestCase(Verdict.Pass)]
    [TestCase(Verdict.Unknown)]
    public void A_first_scan_in_which_nothing_fails_is_not_told(Verdict verdict) => Assert.That(Run(Scan(0, Finding(Lid, verdict)))[0].Alerts, Is.Empty);

    [Test]
    public void New_targets_of_one_run_are_one_alert()
    {
        var second = Run(Scan(0, Finding(Lid, Verdict.Fail)), Scan(1, Finding(Lid, Verdict.Fail), Finding(Lid, Verdict.Fail, "a", "south"), Finding(Lid, Verdict.Fail, "b", "west")))[1];
        Assert.That(second.Alerts.Single().Message, Does.StartWith("first scan of 111122223333/south, 111122223333/west: 2 fail (2 critical)"));
    }

    [TestCase(23, 0)]
    [TestCase(24, 1)]
    public void A_critical_finding_that_still_fails_is_told_again_after_a_day(int hours, int reminders)
    {
        var later = Run(Scan(0, Finding(Lid, Verdict.Fail)), Scan(hours, Finding(Lid, Verdict.Fail)))[1];
        Assert.That(later.Changes, Is.Empty);
        Assert.That(later.Alerts.Count(a => a is { Word: Alert.Reminder, PolicyId: "box-lid-closed" }), Is.EqualTo(reminders));
    }

    [Test]
    public void A_finding_is_reminded_of_once_a_day()
    {
        var scans = Run(Enumerable.Range(0, 73).Select(hour => Scan(hour, Finding(Lid, Verdict.Fail))));
        Assert.That(scans.Select((s, hour) => (hour, s.Alerts.Length)).Where(s => s.Length > 0).Select(s => s.hour), Is.EqualTo(new[] { 0, 24, 48, 72 }));
    }

    [Test]
    public void A_reminder_counts_from_when_the_failure_was_told()
    {
        var scans = Run(Enumerable.Range(0, 40).Select(hour => Scan(hour, Finding(Lid, hour < 10 ? Verdict.Pass : Verdict.Fail))));
        Assert.That(scans.Select((s, hour) => (hour, s.Alerts.Length)).Where(s => s.Length > 0).Select(s => s.hour), Is.EqualTo(new[] { 10, 34 }));
    }

    [TestCase(Verdict.Waived)]
    [TestCase(Verdict.Unknown)]
    [TestCase(Verdict.Pass)]
    public void Only_what_fails_now_is_reminded_of(Verdict now) =>
        Assert.That(Run(Scan(0, Finding(Lid, Verdict.Fail)), Scan(25, Finding(Lid, now)))[1].Alerts.Select(a => a.Word), Has.No.Member(Alert.Reminder));

    [Test]
    public void What_is_not_critical_is_not_reminded_of() =>
        Assert.That(Run(Scan(0, Finding(Mild, Verdict.Fail)), Scan(25, Finding(Mild, Verdict.Fail)))[1].Alerts, Is.Empty);

    [Test]
    public void One_policy_failing_on_copies_of_one_resource_is_one_change_naming_the_regions()
    {
        var turned = Run(Copied(0, Verdict.Pass), Copied(1, Verdict.Fail))[1];

        var change = turned.Changes.Single(c => c.Resource!.Name == "box");
        Assert.That(change.Regions, Is.EqualTo(new[] { "north", "south" }));
        Assert.That(change.Message, Is.EqualTo("what was read; the same in south"));
        Assert.That(turned.Changes, Has.Length.EqualTo(2), "a namesake that is no copy has a change of its own");
        Assert.That(turned.Alerts, Has.Length.EqualTo(2));

        static Observation Copied(int hour, Verdict verdict)
        {
            var scan = Scan(hour, Finding(Lid, verdict, "box", "north"), Finding(Lid, verdict, "box", "south"), Finding(Lid, verdict, "other", "west"));
            return scan with { Facts = scan.Facts.SetItem(Copy("box", "north").Arn, new ResourceReading(Copy("box", "north"), Facts("south"))) };
        }

        static System.Collections.Immutable.ImmutableSortedDictionary<string, Core.Facts.FactValue?> Facts(string region) =>
            System.Collections.Immutable.ImmutableSortedDictionary<string, Core.Facts.FactValue?>.Empty.Add("box.copies", Boxes.Value(new[] { region }));
    }

    [Test]
    public void Namesakes_that_are_no_copies_are_told_each() => Assert.That(
        Run(Scan(0, Finding(Lid, Verdict.Pass, "box", "north"), Finding(Lid, Verdict.Pass, "box", "south")), Scan(1, Finding(Lid, Verdict.Fail, "box", "north"), Finding(Lid, Verdict.Fail, "box", "south")))[1].Alerts,
        Has.Length.EqualTo(2));

    [Test]
    public void A_lost_target_is_told_of_each_kind()
    {
        var lost = Scan(1) with { Listings = [.. Scan(0).Listings.Select(l => l with { Complete = false, Problem = "denied" })] };
        var alert = Run(Scan(0, Finding(Lid, Verdict.Pass)), lost with { Policies = Rules.Set(Lid) })[1].Alerts.Single();
        Assert.That((alert.Word, alert.Kind, alert.Target), Is.EqualTo(("target-lost", Boxes.Kind, Boxes.Home)));
    }

    [Test]
    public void A_target_of_which_nothing_is_read_is_told_whatever_else_is_unknown()
    {
        var report = Rules.Policy("box-a-report", severity: Severity.Critical, mode: PolicyMode.Report);
        Observation At(int hour, Verdict verdict) => Scan(hour, Finding(report, verdict), Finding(Mild, verdict), Finding(report, verdict, "box-2"), Finding(Mild, verdict, "box-2"));
        var told = Run(At(0, Verdict.Pass), At(1, Verdict.Unknown), At(2, Verdict.Unknown), At(3, Verdict.Unknown)).Select(r => r.Alerts.Length);
        Assert.That(told, Is.EqualTo(new[] { 0, 0, 1, 0 }));
        var alert = Run(At(0, Verdict.Pass), At(1, Verdict.Unknown), At(2, Verdict.Unknown))[2].Alerts.Single();
        Assert.That((alert.Word, alert.Severity, alert.Kind, alert.Resource), Is.EqualTo(("became-unknown", Severity.High, Boxes.Kind, (Core.Inventory.Resource?)null)));
    }

    [Test]
    public void An_edited_policy_swallows_neither_a_waiting_failure_nor_a_second_unknown()
    {
        var edited = Lid with { Source = "edited" };
        var held = Run(Scan(0, Finding(Mild, Verdict.Pass, "old")), Scan(1, Finding(Lid, Verdict.Fail), Finding(Mild, Verdict.Pass, "old")), Scan(3, Finding(edited, Verdict.Fail), Finding(Mild, Verdict.Pass, "old")));
        Assert.That(held[2].Alerts.Select(a => a.Word), Is.EquivalentTo(new[] { "regressed", "policy-changed" }));
        var unknown = Run(Scan(0, Finding(Lid, Verdict.Pass)), Scan(1, Finding(Lid, Verdict.Unknown)), Scan(2, Finding(edited, Verdict.Unknown)));
        Assert.That(unknown[2].Alerts.Select(a => a.Word), Is.EquivalentTo(new[] { "became-unknown", "policy-changed" }));
    }

    [Test]
    public void What_flapped_and_stays_failed_is_told_as_a_failure()
    {
        Verdict[] verdicts = [Verdict.Pass, Verdict.Fail, Verdict.Pass, Verdict.Fail, Verdict.Pass, Verdict.Fail, Verdict.Fail, Verdict.Fail];
        var words = Run(verdicts.Select((v, hour) => Scan(hour, Finding(Mild, v)))).Select(r => r.Alerts.Select(a => a.Word).SingleOrDefault());
        Assert.That(words, Is.EqualTo(new[] { null, "regressed", "recovered", "flapping", null, null, "regressed", null }));
    }

    [Test]
    public void What_fails_of_a_resource_that_was_made_again_is_told_with_it()
    {
        var again = Run(Scan(0, Finding(Mild, Verdict.Pass)).With("box.made", Boxes.Now), Scan(1, Finding(Mild, Verdict.Fail)).With("box.made", Boxes.Now.AddHours(1)))[1];
        Assert.That(again.Alerts.Single().Message, Does.EndWith("; now it fails box-mild"));
    }

    [TestCase(PolicyMode.Alert, false)]
    [TestCase(PolicyMode.Report, true)]
    public void A_fact_that_got_worse_is_silent_only_where_its_failure_is_told(PolicyMode mode, bool isTold)
    {
        var policy = Rules.Policy("box-lid-closed", mode: mode);
        var after = Run(Scan(0, Finding(policy, Verdict.Pass)).With("lid.closed", true), Scan(1, Finding(policy, Verdict.Fail)).With("lid.closed", false))[1];
        Assert.That(after.Alerts.Any(a => a.Word == "weakened"), Is.EqualTo(isTold));
    }

    [Test]
    public void Leaving_the_scope_of_a_mild_policy_hides_no_fact_that_got_worse()
    {
        var mild = Rules.Policy("box-lid-closed", severity: Severity.Medium);
        var after = Run(Scan(0, Finding(mild, Verdict.Pass)).With("lid.closed", true), Scan(1, Finding(mild, Verdict.NotApplicable)).With("lid.closed", false))[1];
        Assert.That(after.Alerts.Select(a => a.Word), Is.EqualTo(new[] { "weakened" }));
    }

    [TestCase("unknown", "north", true)]
    [TestCase("111122223333", "all", true)]
    [TestCase("444455556666", "all", false)]
    [TestCase("unknown", "south", false)]
    public void A_target_whose_account_nobody_got_into_is_lost(string account, string region, bool isLost)
    {
        var lost = Scan(1) with { Policies = Rules.Set(Lid), Listings = [new Core.Inventory.Listing(new Core.Inventory.Target(account, region), Boxes.Kind, 0, Complete: false, "denied")] };
        var results = Run(Scan(0, Finding(Lid, Verdict.Pass)), lost, Scan(2, Finding(Lid, Verdict.Pass)));
        Assert.That(results.Skip(1).SelectMany(r => r.Changes).Select(c => (c.Kind.Word(), c.Target)), Is.EqualTo(isLost ? [("target-lost", Boxes.Home), ("target-back", Boxes.Home)] : Array.Empty<(string, Core.Inventory.Target?)>()));
    }
}
