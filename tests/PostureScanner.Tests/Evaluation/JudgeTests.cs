using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Evaluation;

internal sealed class JudgeTests
{
    private static readonly Policy RedBoxesAreClosed = Rules.Policy("box-lid-closed", when: "[{ fact: box.colour, equals: red }]");

    [TestCase("red", true, Verdict.Pass)]
    [TestCase("red", false, Verdict.Fail)]
    [TestCase("red", null, Verdict.Fail, Description = "AWS answered: not configured")]
    [TestCase("red", "?", Verdict.Unknown)]
    [TestCase("blue", true, Verdict.NotApplicable)]
    [TestCase("blue", "?", Verdict.NotApplicable)]
    [TestCase(null, false, Verdict.NotApplicable)]
    [TestCase("?", true, Verdict.Unknown, Description = "whatever require says")]
    [TestCase("?", false, Verdict.Unknown)]
    [TestCase("?", null, Verdict.Unknown)]
    [TestCase("?", "?", Verdict.Unknown)]
    public void When_decides_first_and_require_then(object? colour, object? closed, Verdict verdict) =>
        Assert.That(Judge.Verdict(RedBoxesAreClosed, Boxes.Sheet(("box.colour", Maybe(colour)), ("lid.closed", Maybe(closed)))), Is.EqualTo(verdict));

    [TestCase(false, Verdict.Waived)]
    [TestCase("?", Verdict.Waived)]
    [TestCase(true, Verdict.Pass)]
    public void A_waiver_covers_fail_and_unknown_and_never_pass(object closed, Verdict verdict)
    {
        var finding = Find(Rules.Set([Rules.LidClosed], Rules.Waiver()), ("lid.closed", Maybe(closed)));

        Assert.That(finding.Verdict, Is.EqualTo(verdict));
        Assert.That(finding.Waiver, verdict == Verdict.Waived ? Is.EqualTo(Rules.Waiver()) : Is.Null);
    }

    [Test]
    public void A_waiver_does_not_hide_that_a_policy_does_not_apply() =>
        Assert.That(Find(Rules.Set([RedBoxesAreClosed], Rules.Waiver()), ("box.colour", "blue")).Verdict, Is.EqualTo(Verdict.NotApplicable));

    [Test]
    public void A_waiver_that_has_expired_waives_nothing() =>
        Assert.That(Find(Rules.Set([Rules.LidClosed], Rules.Waiver(expires: Boxes.Now)), ("lid.closed", false)).Verdict, Is.EqualTo(Verdict.Fail));

    [Test]
    public void Of_two_waivers_the_one_that_holds_is_taken() =>
        Assert.That(
            Find(Rules.Set([Rules.LidClosed], Rules.Waiver(expires: Boxes.Now), Rules.Waiver(policy: "*", number: 2)), ("lid.closed", false)).Waiver!.Number,
            Is.EqualTo(2));

    [Test]
    public void A_waived_finding_still_says_what_is_wrong() =>
        Assert.That(Find(Rules.Set([Rules.LidClosed], Rules.Waiver()), ("lid.closed", false)).Message, Is.EqualTo("lid.closed is false, must equal true"));

    [Test]
    public void Every_policy_about_the_kind_gives_one_finding_and_no_other_policy_does()
    {
        var aboutCrates = Rules.Policy("crate-lid-closed") with { Table = Boxes.Crates };
        var findings = Judge.Findings(Rules.Set(Rules.Policy("a"), Rules.Policy("b"), aboutCrates), Boxes.Sheet(("lid.closed", true)), Boxes.Now);

        Assert.That(findings.Select(f => f.Policy.Id), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void A_finding_carries_a_reading_for_each_fact_of_its_policy_in_their_order()
    {
        var finding = Find(Rules.Set(RedBoxesAreClosed), ("lid.closed", Boxes.Denied), ("box.colour", "red"));

        Assert.That(finding.Readings.Select(r => r.State), Is.EqualTo(new[] { ReadingState.Known, ReadingState.Unknown }));
    }

    private static Finding Find(PolicySet set, params (string, object?)[] readings) => Judge.Findings(set, Boxes.Sheet(readings), Boxes.Now).Single();

    private static object? Maybe(object? value) => value is "?" ? Boxes.Denied : value;
}
