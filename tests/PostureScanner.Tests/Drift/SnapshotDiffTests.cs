using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using static PostureScanner.Tests.Drift.Scans;

namespace PostureScanner.Tests.Drift;

/// <summary>Two states, however far apart.</summary>
internal sealed class SnapshotDiffTests
{
    private static readonly Policy Lid = Rules.Policy("box-lid-closed", severity: Severity.Critical);

    [TestCase(Verdict.Pass, Verdict.Fail, "regressed")]
    [TestCase(Verdict.Fail, Verdict.Pass, "recovered")]
    [TestCase(Verdict.Pass, Verdict.NotApplicable, "left-scope")]
    [TestCase(Verdict.Pass, Verdict.Unknown, "became-unknown")]
    [TestCase(Verdict.Unknown, Verdict.Pass, "became-known")]
    [TestCase(Verdict.Unknown, Verdict.Fail, "regressed")]
    [TestCase(Verdict.Fail, Verdict.Waived, "waived")]
    [TestCase(Verdict.NotApplicable, Verdict.Pass, null)]
    public void Verdicts_are_compared(Verdict before, Verdict after, string? word) =>
        Assert.That(Diff(Scan(0, Finding(Lid, before)), Scan(1, Finding(Lid, after))), Is.EqualTo(word is null ? [] : new[] { $"{word} box-1 box-lid-closed" }));

    [Test]
    public void A_state_compared_with_itself_is_no_change()
    {
        var state = Run(Scan(0, Finding(Lid, Verdict.Fail)).With("box.guarded", true))[0].After;
        Assert.That(SnapshotDiff.Of(state, state, Vocabulary), Is.Empty);
    }

    [Test]
    public void What_came_and_what_went_is_said() => Assert.That(
        Diff(Scan(0, Finding(Lid, Verdict.Pass, "old")), Scan(1, Finding(Lid, Verdict.Fail, "new"))),
        Is.EqualTo(new[] { "disappeared old ", "appeared new " }));

    [Test]
    public void A_target_that_was_not_looked_at_before_has_not_appeared() =>
        Assert.That(Diff(Scan(0, Finding(Lid, Verdict.Pass)), Scan(1, Finding(Lid, Verdict.Pass), Finding(Lid, Verdict.Fail, "a", "south"))), Is.Empty);

    [Test]
    public void A_fact_that_got_worse_is_said() => Assert.That(
        Diff(Scan(0, Finding(Lid, Verdict.Pass)).With("box.guarded", true), Scan(1, Finding(Lid, Verdict.Pass)).With("box.guarded", false)),
        Is.EqualTo(new[] { "weakened box-1 " }));

    [Test]
    public void Dropped_and_made_again_is_one_change() => Assert.That(
        Diff(Scan(0, Finding(Lid, Verdict.Pass)).With("box.made", Boxes.Now), Scan(1, Finding(Lid, Verdict.Fail)).With("box.made", Boxes.Now.AddDays(1))),
        Is.EqualTo(new[] { "replaced box-1 " }));

    [Test]
    public void Verdicts_of_a_changed_policy_are_counted_with_it()
    {
        var changed = Rules.Policy("box-lid-closed", severity: Severity.Low);
        var (before, after) = (State(Scan(0, Finding(Lid, Verdict.Pass))), State(Scan(1, Finding(changed, Verdict.Fail))));
        Assert.That(SnapshotDiff.Of(before, after, Vocabulary).Single().Message, Is.EqualTo("the policy is changed: 1 pass -> fail"));
    }

    private static string[] Diff(Observation before, Observation after) =>
        [.. SnapshotDiff.Of(State(before), State(after), Vocabulary).Select(c => $"{c.Kind.Word()} {c.Resource?.Name} {c.PolicyId}")];

    private static Snapshot State(Observation scan) => Run(scan)[0].After;
}
