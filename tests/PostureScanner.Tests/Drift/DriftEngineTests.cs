using System.Collections.Immutable;
using FsCheck.Fluent;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using static PostureScanner.Tests.Drift.Scans;

namespace PostureScanner.Tests.Drift;

internal sealed class DriftEngineTests
{
    private const string Lid = "box-lid-closed";

    private static readonly Policy LidClosed = Rules.Policy(Lid, severity: Severity.High);

    [TestCase(Verdict.Pass, Verdict.Fail, ChangeKind.Regressed, true)]
    [TestCase(Verdict.NotApplicable, Verdict.Fail, ChangeKind.Regressed, true)]
    [TestCase(Verdict.Fail, Verdict.Pass, ChangeKind.Recovered, true)]
    [TestCase(Verdict.Pass, Verdict.NotApplicable, ChangeKind.LeftScope, true)]
    [TestCase(Verdict.Fail, Verdict.NotApplicable, ChangeKind.LeftScope, true)]
    [TestCase(Verdict.Waived, Verdict.Fail, ChangeKind.WaiverExpired, true)]
    [TestCase(Verdict.Pass, Verdict.Waived, ChangeKind.Waived, false)]
    [TestCase(Verdict.Pass, Verdict.Unknown, ChangeKind.BecameUnknown, false)]
    public void Another_verdict_is_a_change(Verdict before, Verdict after, ChangeKind kind, bool alerts)
    {
        var change = Run(Scan(0, before), Scan(1, after))[^1].Changes.Single();

        Assert.That((change.Kind, change.Alerts, change.Before, change.After), Is.EqualTo((kind, alerts, before.Word(), after.Word())));
        Assert.That(change.Severity, Is.EqualTo(kind == ChangeKind.LeftScope ? Severity.Medium : Severity.High));
    }

    [TestCase(Verdict.NotApplicable, Verdict.Pass)]
    [TestCase(Verdict.Waived, Verdict.Pass)]
    [TestCase(Verdict.Waived, Verdict.NotApplicable)]
    public void Another_verdict_that_is_no_news_is_no_change(Verdict before, Verdict after) =>
        Assert.That(Run(Scan(0, before), Scan(1, after))[^1].Changes, Is.Empty);

    [TestCase(Severity.Critical, true)]
    [TestCase(Severity.High, true)]
    [TestCase(Severity.Medium, false)]
    [TestCase(Severity.Low, false)]
    public void Leaving_the_scope_of_a_policy_alerts_where_the_policy_matters(Severity severity, bool alerts)
    {
        var policy = Rules.Policy(Lid, severity: severity);
        Assert.That(Run(Scan(0, policy, Verdict.Pass), Scan(1, policy, Verdict.NotApplicable))[^1].Changes.Single().Alerts, Is.EqualTo(alerts));
    }

    [Test]
    public void Leaving_a_scope_by_what_another_finding_fails_for_is_told_once()
    {
        var inner = Rules.Policy("box-shut-tight", when: "[{ fact: lid.closed, equals: true }]", require: "[{ fact: lid.count, at-least: 1 }]");
        Observation Both(int hour, Verdict lid, Verdict tight) => Scan(hour) with
        {
            Policies = Rules.Set(LidClosed, inner), Findings = [Finding(LidClosed, Boxes.Box(), lid), Finding(inner, Boxes.Box(), tight)],
        };

        var changes = Run(Both(0, Verdict.Pass, Verdict.Pass), Both(1, Verdict.Fail, Verdict.NotApplicable))[^1].Changes;

        Assert.That(changes.Select(c => (c.Kind, c.Alerts)), Is.EquivalentTo(new[] { (ChangeKind.Regressed, true), (ChangeKind.LeftScope, false) }));
    }

    [Test]
    public void What_flaps_with_another_is_not_told_beside_it()
    {
        var inner = Rules.Policy("box-shut-tight", when: "[{ fact: lid.closed, equals: true }]", require: "[{ fact: lid.count, at-least: 1 }]", severity: Severity.High);
        bool[] closed = [true, false, true, false];
        var results = Run([.. closed.Select((c, hour) => Read(hour, c, LidClosed, inner).With("lid.closed", c))]);
        Assert.That(results[^1].Changes.Select(c => (c.Kind, c.PolicyId, c.Alerts)), Is.EquivalentTo(new[] { (ChangeKind.Flapping, Lid, true), (ChangeKind.Flapping, "box-shut-tight", false) }));
    }

    [TestCase(false, true, true, Description = "only the tag is gone")]
    [TestCase(false, false, true, Description = "the tag would have been enough")]
    [TestCase(true, false, false, Description = "what fails by itself is told by itself")]
    public void A_way_out_of_a_policy_is_told_whatever_else_fails(bool isTagged, bool isClosed, bool alerts)
    {
        var tagged = Rules.Policy("box-tagged", when: "[{ fact: lid.closed, equals: true }, { fact: tags.tier, equals: critical }]", require: "[{ fact: lid.count, at-least: 1 }]", severity: Severity.High);
        var changes = Run(Read(0, closed: true, LidClosed, tagged), Read(1, isClosed, isTagged, LidClosed, tagged))[^1].Changes;

        Assert.That(changes.Single(c => c.Kind == ChangeKind.LeftScope).Alerts, Is.EqualTo(alerts));
        Assert.That(changes.Count(c => c.Kind == ChangeKind.Regressed), Is.EqualTo(isClosed ? 0 : 1));
    }

    [Test]
    public void A_report_mode_policy_never_alerts()
    {
        var policy = Rules.Policy(Lid, mode: PolicyMode.Report);
        var change = Run(Scan(0, policy, Verdict.Pass), Scan(1, policy, Verdict.Fail))[^1].Changes.Single();
        Assert.That((change.Kind, change.Alerts), Is.EqualTo((ChangeKind.Regressed, false)));
    }

    [Test]
    public void The_first_scan_of_a_target_is_a_baseline()
    {
        var first = Run(Scan(0, Verdict.Fail))[0];
        Assert.That(first.Changes, Is.Empty);
        Assert.That(first.Baselines.Select(t => t.Target), Is.EqualTo(new[] { Boxes.Home }));
    }

    [Test]
    public void A_target_added_later_is_a_baseline_of_its_own()
    {
        var away = Boxes.Home with { Region = "south" };
        var second = Scan(1, Verdict.Pass);
        second = second with
        {
            Listings = [.. second.Listings, new Listing(away, Boxes.Kind, 1, Complete: true, null)],
            Findings = [.. second.Findings, Finding(LidClosed, Boxes.Box("far", away), Verdict.Fail)],
        };

        var result = Run(Scan(0, Verdict.Pass), second)[^1];

        Assert.That(result.Changes, Is.Empty);
        Assert.That(result.Baselines.Select(t => t.Target), Is.EqualTo(new[] { away }));
    }

    [Test]
    public void Unknown_in_between_is_forgotten_when_the_verdict_is_the_same()
    {
        var results = Run(Scan(0, Verdict.Pass), Scan(1, Verdict.Unknown), Scan(2, Verdict.Pass));
        Assert.That(results[^1].Changes.Select(c => (c.Kind, c.Alerts)), Is.EqualTo(new[] { (ChangeKind.BecameKnown, false) }));
    }

    [Test]
    public void Another_verdict_after_unknown_counts_as_if_the_unknown_had_not_been()
    {
        var change = Run(Scan(0, Verdict.Pass), Scan(1, Verdict.Unknown), Scan(2, Verdict.Fail))[^1].Changes.Single();
        Assert.That((change.Kind, change.Before, change.Alerts), Is.EqualTo((ChangeKind.Regressed, "pass", true)));
    }

    [Test]
    public void Somebody_is_told_of_unknown_when_a_second_scan_agrees_and_not_again()
    {
        var results = Run(Scan(0, Verdict.Pass), Scan(1, Verdict.Unknown), Scan(2, Verdict.Unknown), Scan(3, Verdict.Unknown));
        Assert.That(results.Select(r => r.Changes.Count(c => c.Kind == ChangeKind.BecameUnknown && c.Alerts)), Is.EqualTo(new[] { 0, 0, 1, 0 }));
    }

    [Test]
    public void A_target_of_which_nothing_can_be_read_is_one_change()
    {
        string[] names = ["a", "b", "c"];
        var results = Run(Scan(0, Verdict.Pass, names), Scan(1, Verdict.Unknown, names), Scan(2, Verdict.Unknown, names));
        var change = results[^1].Changes.Single();
        Assert.That((change.Kind, change.Resource, change.Target, change.Alerts), Is.EqualTo((ChangeKind.BecameUnknown, (Resource?)null, (Target?)Boxes.Home, true)));
        Assert.That(change.Message, Is.EqualTo("none of 3 resources could be read: what was read"));
    }

    [Test]
    public void One_denied_call_is_one_change_that_does_not_claim_more()
    {
        string[] names = ["a", "b"];
        var readable = Rules.Policy("box-readable");
        Observation Both(int hour, Verdict verdict) => (Scan(hour, verdict, names) + Finding(readable, Boxes.Box("a"), Verdict.Pass)) with { Policies = Rules.Set(LidClosed, readable) };
        var change = Run(Both(0, Verdict.Pass), Both(1, Verdict.Unknown), Both(2, Verdict.Unknown))[^1].Changes.Single(c => c.Kind == ChangeKind.BecameUnknown);
        Assert.That((change.Resource, change.Message), Is.EqualTo(((Resource?)null, "of 2 resources none could be read whole: what was read")));
    }

    [Test]
    public void A_new_resource_has_appeared_and_what_fails_is_told_when_it_is_older_than_the_grace()
    {
        var results = Run(Scan(0, Verdict.Pass, "old"), Scan(1, Verdict.Pass, "old") + Box("new", Verdict.Fail), Scan(2, Verdict.Pass, "old") + Box("new", Verdict.Fail), Scan(3, Verdict.Pass, "old") + Box("new", Verdict.Fail));
        Assert.That(results[1].Changes.Select(c => (c.Kind, c.Alerts)), Is.EqualTo(new[] { (ChangeKind.Appeared, false) }));
        Assert.That(results[2].Changes.Select(c => (c.Kind, c.Alerts)), Is.EqualTo(new[] { (ChangeKind.Regressed, true) }));
        Assert.That(results[3].Changes, Is.Empty);
    }

    [Test]
    public void A_resource_that_is_new_to_the_scan_and_old_is_told_at_once()
    {
        var results = Run(Scan(0, Verdict.Pass, "old"), (Scan(1, Verdict.Pass, "old") + Box("restored", Verdict.Fail)).With("box.made", Boxes.Now.AddHours(-3), "restored"), Scan(2, Verdict.Pass, "old") + Box("restored", Verdict.Fail));
        Assert.That(results[1].Changes.Select(c => (c.Kind, c.Alerts, c.Severity)), Is.EqualTo(new[] { (ChangeKind.Appeared, true, Severity.High) }));
        Assert.That(results[2].Changes, Is.Empty);
    }

    [Test]
    public void Without_grace_nothing_waits()
    {
        var results = Run(new DriftRules(TimeSpan.Zero, TimeSpan.FromDays(1)), Scan(0, Verdict.Pass, "old"), Scan(1, Verdict.Pass, "old") + Box("new", Verdict.Fail));
        Assert.That(results[1].Changes.Select(c => (c.Kind, c.Alerts)), Is.EqualTo(new[] { (ChangeKind.Appeared, true) }));
    }

    [Test]
    public void A_waiver_of_every_policy_mutes_what_comes_goes_and_gets_weaker()
    {
        Observation Waived(Observation scan) => scan with { Policies = scan.Policies with { Waivers = [Rules.Waiver("*", "bo?", Boxes.Now.AddDays(9))] } };
        var results = Run(
            Waived(Scan(0, Verdict.Pass, "other")),
            Waived((Scan(1, Verdict.Pass, "other") + Box("box", Verdict.Fail)).With("box.made", Boxes.Now.AddDays(-1), "box").With("box.guarded", true, "box")),
            Waived((Scan(2, Verdict.Pass, "other") + Box("box", Verdict.Fail)).With("box.guarded", false, "box")),
            Waived(Scan(3, Verdict.Pass)));

        Assert.That(results.Skip(1).Select(r => string.Join(' ', r.Changes.Where(c => c.Resource?.Name == "box").Select(c => $"{c.Kind.Word()} {c.Alerts}"))), Is.EqualTo(new[] { "appeared False", "weakened False", "disappeared False" }));
        Assert.That(results[3].Changes.Where(c => c.Alerts).Select(c => (c.Kind, c.Resource!.Name)), Is.EqualTo(new[] { (ChangeKind.Disappeared, "other") }), "of anything else it mutes nothing");
    }

    [Test]
    public void A_new_resource_that_is_mended_within_the_grace_is_never_told()
    {
        var results = Run(Scan(0, Verdict.Pass, "old"), Scan(1, Verdict.Pass, "old") + Box("new", Verdict.Fail), Scan(2, Verdict.Pass, "old") + Box("new", Verdict.Pass));
        Assert.That(results.SelectMany(r => r.Changes).Where(c => c.Alerts), Is.Empty);
    }

    [Test]
    public void Only_a_complete_listing_makes_a_resource_disappear()
    {
        var denied = Scan(1) with { Listings = [new Listing(Boxes.Home, Boxes.Kind, 0, Complete: false, "box:List: AccessDenied")] };
        var results = Run(Scan(0, Verdict.Pass), denied, Scan(2));
        Assert.That(results[1].Changes.Select(c => c.Kind), Is.EqualTo(new[] { ChangeKind.TargetLost }));
        Assert.That(results[2].Changes.Select(c => c.Kind), Is.EquivalentTo(new[] { ChangeKind.TargetBack, ChangeKind.Disappeared }));
    }

    [Test]
    public void A_target_that_is_not_scanned_this_time_keeps_its_state()
    {
        var elsewhere = Scan(1) with { Listings = [new Listing(Boxes.Home with { Region = "south" }, Boxes.Kind, 0, Complete: true, null)] };
        var results = Run(Scan(0, Verdict.Pass), elsewhere, Scan(2, Verdict.Fail));
        Assert.That(results[1].Changes, Is.Empty);
        Assert.That(results[2].Changes.Select(c => c.Kind), Is.EqualTo(new[] { ChangeKind.Regressed }));
    }

    [Test]
    public void A_lost_target_is_told_once()
    {
        Observation Lost(int hour) => Scan(hour) with { Listings = [new Listing(Boxes.Home, Boxes.Kind, 0, Complete: false, "no answer")] };
        var results = Run(Scan(0, Verdict.Pass), Lost(1), Lost(2), Scan(3, Verdict.Pass));
        Assert.That(results.Select(r => string.Join(' ', r.Changes.Select(c => c.Kind.Word()))), Is.EqualTo(new[] { "", "target-lost", "", "target-back" }));
    }

    [Test]
    public void A_resource_created_again_under_its_name_is_replaced_and_nothing_else_is_told_of_it()
    {
        var results = Run(Scan(0, Verdict.Pass).With("box.made", Boxes.Now.AddDays(-9)), Scan(1, Verdict.Fail).With("box.made", Boxes.Now));
        Assert.That(results[^1].Changes.Select(c => (c.Kind, c.Severity, c.Alerts)), Is.EqualTo(new[] { (ChangeKind.Replaced, Severity.Critical, true) }));
    }

    [Test]
    public void A_fact_that_got_worse_is_told_where_no_finding_says_so()
    {
        var change = Run(Scan(0, Verdict.Pass).With("box.guarded", true), Scan(1, Verdict.Pass).With("box.guarded", false))[^1].Changes.Single();
        Assert.That((change.Kind, change.Fact, change.Before, change.After), Is.EqualTo((ChangeKind.Weakened, "box.guarded", "true", "false")));
    }

    [Test]
    public void Known_to_absent_is_weaker_and_unknown_never_is()
    {
        Assert.That(Run(Scan(0, Verdict.Pass).With("box.guarded", true), Scan(1, Verdict.Pass).With("box.guarded", null))[^1].Changes.Single().Kind, Is.EqualTo(ChangeKind.Weakened));
        var results = Run(Scan(0, Verdict.Pass).With("box.guarded", true), Scan(1, Verdict.Pass), Scan(2, Verdict.Pass).With("box.guarded", false));
        Assert.That(results.Select(r => r.Changes.Length), Is.EqualTo(new[] { 0, 0, 1 }), "what was read before the unknown is remembered");
    }

    [Test]
    public void A_fact_behind_a_finding_that_regressed_is_not_told_again() =>
        Assert.That(Run(Scan(0, Verdict.Pass).With("lid.closed", true), Scan(1, Verdict.Fail).With("lid.closed", false))[^1].Changes.Select(c => c.Kind), Is.EqualTo(new[] { ChangeKind.Regressed }));

    [Test]
    public void A_window_that_begins_after_all_that_could_be_restored_was_reset()
    {
        var results = Run(Window(0, earliest: -35 * 24, latest: 0), Window(1, earliest: 1, latest: 1));
        Assert.That(results[^1].Changes.Select(c => (c.Kind, c.Severity)), Is.EqualTo(new[] { (ChangeKind.WindowReset, Severity.Critical) }));
    }

    [Test]
    public void A_window_that_moves_with_the_clock_was_not_reset() =>
        Assert.That(Run(Window(0, earliest: -35 * 24, latest: 0), Window(1, earliest: (-35 * 24) + 1, latest: 1))[^1].Changes, Is.Empty);

    [Test]
    public void A_window_of_an_idle_scanner_that_moved_past_what_it_had_seen_was_not_reset()
    {
        // Forty days without a scan: the window has moved on by itself.
        var results = Run(Window(0, earliest: -35 * 24, latest: 0), Window(40 * 24, earliest: 5 * 24, latest: 40 * 24));
        Assert.That(results[^1].Changes, Is.Empty);
    }

    [Test]
    public void A_finding_that_turns_three_times_a_day_is_said_once_and_left_alone_until_it_settles()
    {
        Verdict[] verdicts = [Verdict.Pass, Verdict.Fail, Verdict.Pass, Verdict.Fail, Verdict.Pass, Verdict.Fail, Verdict.Fail, Verdict.Pass];
        var results = Run([.. verdicts.Select((v, hour) => Scan(hour, v))]);
        Assert.That(
            results.Select(r => string.Join(' ', r.Changes.Where(c => c.Alerts).Select(c => c.Kind.Word()))),
            Is.EqualTo(new[] { "", "regressed", "recovered", "flapping", "", "", "regressed", "recovered" }));
    }

    [Test]
    public void What_flaps_is_not_told_as_weakened_either()
    {
        bool[] closed = [true, false, true, false, true, false];
        var results = Run([.. closed.Select((c, hour) => Scan(hour, c ? Verdict.Pass : Verdict.Fail).With("lid.closed", c))]);
        Assert.That(results.SelectMany(r => r.Changes).Select(c => c.Kind), Has.Some.EqualTo(ChangeKind.Flapping).And.None.EqualTo(ChangeKind.Weakened));
    }

    [Test]
    public void Turns_that_come_from_a_changed_policy_are_one_change_with_counts()
    {
        string[] names = ["a", "b"];
        var stricter = LidClosed with { Source = "another text" };
        var change = Run(Scan(0, LidClosed, Verdict.Pass, names), Scan(1, stricter, Verdict.Fail, names))[^1].Changes.Single();
        Assert.That((change.Kind, change.PolicyId, change.Alerts), Is.EqualTo((ChangeKind.PolicyChanged, Lid, true)));
        Assert.That(change.Message, Is.EqualTo("the policy is changed: 2 pass -> fail"));
    }

    [Test]
    public void A_new_policy_and_one_that_is_gone_are_a_change_each()
    {
        var other = Rules.Policy("box-other");
        var changes = Run(Scan(0, LidClosed, Verdict.Pass), Scan(1, other, Verdict.Fail))[^1].Changes;
        Assert.That(changes.Select(c => (c.PolicyId, c.Message)), Is.EquivalentTo(new[]
        {
            ("box-other", "the policy is new: 1 none -> fail"), (Lid, "the policy is gone; nothing is judged by it any more"),
        }));
    }

    [Test]
    public void A_waiver_taken_out_is_a_change_of_the_waivers_and_one_that_ran_out_is_not()
    {
        var waived = Scan(0, Verdict.Waived);
        waived = waived with { Policies = waived.Policies with { WaiverSources = [("waivers.yaml", "one")] } };
        var takenOut = Run(waived, Scan(1, Verdict.Fail))[^1].Changes.Single();
        Assert.That((takenOut.Kind, takenOut.Message), Is.EqualTo((ChangeKind.PolicyChanged, "the waivers are changed: 1 waived -> fail")));

        var ranOut = Scan(1, Verdict.Fail);
        ranOut = ranOut with { Policies = waived.Policies with { Waivers = [Rules.Waiver(expires: Boxes.Now)] } };
        Assert.That(Run(waived, ranOut)[^1].Changes.Select(c => c.Kind), Is.EqualTo(new[] { ChangeKind.WaiverExpired }));
    }

    [Test]
    public void Since_is_kept_through_unknown_scans()
    {
        var state = Run(Scan(0, Verdict.Fail), Scan(1, Verdict.Unknown), Scan(2, Verdict.Fail))[^1].After.Resources.Values.Single().Findings[Lid];
        Assert.That((state.Since, state.Last), Is.EqualTo((Boxes.Now, Verdict.Fail)));
    }

    [Test]
    public void The_same_state_twice_is_no_change_at_all() =>
        Prop.ForAll(Estates.ToArbitrary(), estate =>
        {
            var again = estate with { ScanId = "again", StartedAt = estate.StartedAt.AddHours(1) };
            return Run(estate, again)[^1].Changes.All(c => c.Kind == ChangeKind.BecameUnknown) && Run(estate, again, again)[^1].Changes.Length == 0;
        }).Hold();

    [Test]
    public void A_snapshot_survives_being_written_and_read() =>
        Prop.ForAll(Estates.ToArbitrary(), estate =>
        {
            var snapshot = Run(estate)[0].After;
            using var memory = new MemoryStream();
            SnapshotJson.Write(snapshot, memory);
            var read = SnapshotJson.Read(memory.ToArray());
            using var again = new MemoryStream();
            SnapshotJson.Write(read, again);
            return memory.ToArray().AsSpan().SequenceEqual(again.ToArray());
        }).Hold();

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("""{"schema":"posture-snapshot/v2"}""")]
    [TestCase("""{"schema":"posture-snapshot/v1","scanId":"x"}""")]
    public void A_broken_or_newer_snapshot_is_an_error_and_never_nothing(string text)
    {
        Assert.That(() => SnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(text)), Throws.TypeOf<SnapshotException>());
    }

    [TestCase("\"resources\":", "\"others\":")]
    [TestCase("\"sinks\":", "\"sunk\":")]
    [TestCase("\"facts\":", "\"fact\":")]
    [TestCase("\"resources\":[", "\"resources\":[7,")]
    [TestCase("posture-snapshot/v1", "posture-snapshot/v2")]
    public void A_snapshot_that_lacks_anything_is_broken(string part, string instead)
    {
        using var memory = new MemoryStream();
        SnapshotJson.Write(Run(Scan(0, Verdict.Pass))[0].After, memory);
        var whole = System.Text.Encoding.UTF8.GetString(memory.ToArray());
        Assert.That(() => SnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(whole)), Throws.Nothing);
        foreach (var broken in new[] { whole.Replace(part, instead, StringComparison.Ordinal), whole[..^1], whole + "{}" })
            Assert.That(() => SnapshotJson.Read(System.Text.Encoding.UTF8.GetBytes(broken)), Throws.TypeOf<SnapshotException>(), broken);
    }

    private static Observation Read(int hour, bool closed, params Policy[] policies) => Read(hour, closed, isTagged: true, policies);

    /// <summary>A box as it is read, and what policies say of it.</summary>
    private static Observation Read(int hour, bool closed, bool isTagged, params Policy[] policies)
    {
        var set = Rules.Set(policies);
        var sheet = Boxes.Sheet(("lid.closed", closed), ("tags.tier", isTagged ? "critical" : null), ("lid.count", 1));
        return Scan(hour) with { Policies = set, Findings = [.. Judge.Findings(set, sheet, Boxes.Now)] };
    }

    private static Observation Scan(int hour, Verdict verdict, params string[] names) => Scan(hour, LidClosed, verdict, names);

    private static Observation Scan(int hour, Policy policy, Verdict verdict, params string[] names) =>
        Scan(hour, policy) with { Findings = [.. (names.Length == 0 ? ["box-1"] : names).Select(n => Finding(policy, Boxes.Box(n), verdict))] };

    private static Observation Scan(int hour, Policy? policy = null) => new(
        $"scan-{hour}",
        Boxes.Now.AddHours(hour),
        Rules.Set(policy ?? LidClosed),
        [new Listing(Boxes.Home, Boxes.Kind, 1, Complete: true, null)],
        [],
        ImmutableSortedDictionary<string, ResourceReading>.Empty);

    private static Observation Window(int hour, double earliest, double latest) => Scan(hour, Verdict.Pass)
        .With("lid.closed", true)
        .With("box.made", Boxes.Now.AddYears(-1))
        .With("box.period", TimeSpan.FromDays(35))
        .With("box.earliest", Boxes.Now.AddHours(earliest))
        .With("box.latest", Boxes.Now.AddHours(latest));

    private static Finding Box(string name, Verdict verdict) => Finding(LidClosed, Boxes.Box(name), verdict);

    private static Finding Finding(Policy policy, Resource resource, Verdict verdict) => new(policy, resource, verdict, null, [], "what was read");

    // Up to three boxes in any state, of which anything was read.
    private static FsCheck.Gen<Observation> Estates =>
        from verdicts in Gen.Elements(Enum.GetValues<Verdict>()).ArrayOf(3)
        from present in Gen.Elements(true, false).ArrayOf(3)
        from guarded in Gen.Elements<object?>(true, false, null).ArrayOf(3)
        select Enumerable.Range(0, 3).Where(i => present[i]).Aggregate(Scan(0), (scan, i) => (scan + Box($"box-{i}", verdicts[i])).With("box.guarded", guarded[i], $"box-{i}"));
}

internal static class ObservationExtensions
{
    extension(Observation)
    {
        public static Observation operator +(Observation scan, Finding finding) => scan with { Findings = scan.Findings.Add(finding) };
    }

    /// <summary>The same scan, with a reading of a box; null is "not configured".</summary>
    public static Observation With(this Observation scan, string fact, object? value, string box = "box-1")
    {
        var resource = Boxes.Box(box);
        var values = scan.Facts.GetValueOrDefault(resource.Arn)?.Values ?? ImmutableSortedDictionary<string, FactValue?>.Empty;
        return scan with { Facts = scan.Facts.SetItem(resource.Arn, new ResourceReading(resource, values.SetItem(fact, value is null ? null : Boxes.Value(value)))) };
    }
}
