using FsCheck.Fluent;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Drift;

sealed class ChangesTests
{
    static readonly Listing Listed = new(Boxes.Home, Boxes.Kind, 1, Complete: true, Problem: null);

    [TestCase(Verdict.Pass, Verdict.Fail, "regressed", Severity.High)]
    [TestCase(Verdict.NotApplicable, Verdict.Fail, "regressed", Severity.High)]
    [TestCase(Verdict.Unknown, Verdict.Fail, "regressed", Severity.High)]
    [TestCase(Verdict.Fail, Verdict.Pass, "recovered", Severity.High)]
    [TestCase(Verdict.Pass, Verdict.NotApplicable, "left-scope", Severity.Medium)]
    [TestCase(Verdict.Fail, Verdict.NotApplicable, "left-scope", Severity.Medium)]
    [TestCase(Verdict.Waived, Verdict.Fail, "waiver-expired", Severity.High)]
    [TestCase(Verdict.Fail, Verdict.Waived, "waived", Severity.High)]
    [TestCase(Verdict.Pass, Verdict.Waived, "waived", Severity.High)]
    [TestCase(Verdict.Unknown, Verdict.Waived, "waived", Severity.High)]
    [TestCase(Verdict.Pass, Verdict.Unknown, "became-unknown", Severity.High)]
    [TestCase(Verdict.Fail, Verdict.Unknown, "became-unknown", Severity.High)]
    [TestCase(Verdict.NotApplicable, Verdict.Unknown, "became-unknown", Severity.High)]
    [TestCase(Verdict.Unknown, Verdict.Pass, "became-known", Severity.High)]
    [TestCase(Verdict.Unknown, Verdict.NotApplicable, "became-known", Severity.High)]
    public void Another_verdict_is_a_change(Verdict before, Verdict after, string kind, Severity severity)
    {
        var change = Changes.Between([Finding(before)], [Finding(after)], [Listed]).Single();

        Assert.That(change, Is.EqualTo(new Change(kind, severity, Boxes.Box(), change.Policy, before, after, "what was read")));
        Assert.That(change.Policy!.Id, Is.EqualTo("box-lid-closed"));
    }

    [TestCase(Verdict.NotApplicable, Verdict.Pass)]
    [TestCase(Verdict.Waived, Verdict.Pass)]
    [TestCase(Verdict.Waived, Verdict.NotApplicable)]
    public void Another_verdict_that_is_no_news_is_no_change(Verdict before, Verdict after) =>
        Assert.That(Changes.Between([Finding(before)], [Finding(after)], [Listed]), Is.Empty);

    [Test]
    public void The_same_verdict_with_another_message_is_no_change() =>
        Assert.That(Changes.Between([Finding(Verdict.Fail)], [Finding(Verdict.Fail) with { Message = "in other words" }], [Listed]), Is.Empty);

    [Test]
    public void A_state_compared_with_itself_is_no_change() =>
        Prop.ForAll(States.ToArbitrary(), state => Changes.Between(state, state, [Listed]).Count == 0).Hold();

    [Test]
    public void The_order_of_findings_changes_nothing() =>
        Prop.ForAll(States.ToArbitrary(), States.ToArbitrary(), (before, after) =>
            Changes.Between(before, after, [Listed]).SequenceEqual(Changes.Between([.. before.Reverse()], [.. after.Reverse()], [Listed]))).Hold();

    [Test]
    public void What_a_complete_listing_no_longer_has_has_disappeared()
    {
        var change = Changes.Between([Finding(Verdict.Pass), Finding(Verdict.Fail, policy: "box-other")], [], [Listed]).Single();

        Assert.That(change, Is.EqualTo(new Change("disappeared", Severity.High, Boxes.Box(), null, null, null, null)));
    }

    static readonly Listing[] OtherListings =
    [
        Listed with { Complete = false, Problem = "The second page was throttled." },
        Listed with { Kind = "Test::Crate" },
        Listed with { Target = Boxes.Home with { Region = "south" } },
        Listed with { Target = Boxes.Home with { Account = "444455556666" } },
    ];

    [TestCaseSource(nameof(OtherListings))]
    public void Without_a_complete_listing_of_its_kind_and_target_nothing_has_disappeared(Listing listing) =>
        Assert.That(Changes.Between([Finding(Verdict.Pass)], [], [listing]), Is.Empty);

    [Test]
    public void A_target_that_was_not_listed_at_all_changes_nothing() =>
        Assert.That(Changes.Between([Finding(Verdict.Pass)], [], []), Is.Empty);

    [Test]
    public void A_resource_whose_region_can_no_longer_be_read_has_not_disappeared()
    {
        var elsewhere = Boxes.Box(target: Boxes.Home with { Region = Target.UnknownRegion });

        var changes = Changes.Between([Finding(Verdict.Pass)], [Finding(Verdict.Unknown) with { Resource = elsewhere }], [Listed with { Listed = 0 }]);

        Assert.That(changes.Select(c => c.Kind), Is.EqualTo(new[] { "became-unknown" }));
    }

    [TestCase(Verdict.Fail, Verdict.Fail, Severity.Critical)]
    [TestCase(Verdict.Fail, Verdict.Pass, Severity.High)]
    [TestCase(Verdict.Pass, Verdict.Unknown, Severity.Low)]
    public void A_new_resource_has_appeared_as_bad_as_the_worst_it_fails(Verdict ofHigh, Verdict ofCritical, Severity severity)
    {
        var change = Changes.Between([], [Finding(ofHigh), Finding(ofCritical, policy: "box-other", severity: Severity.Critical)], [Listed]).Single();

        Assert.That(change, Is.EqualTo(new Change("appeared", severity, Boxes.Box(), null, null, null, null)));
    }

    [Test]
    public void A_policy_that_is_new_to_a_resource_is_no_change_of_it() =>
        Assert.That(Changes.Between([Finding(Verdict.Pass)], [Finding(Verdict.Pass), Finding(Verdict.Fail, policy: "box-other")], [Listed]), Is.Empty);

    [Test]
    public void Changes_are_in_the_order_of_severity_arn_and_policy()
    {
        Finding[] Both(Verdict verdict) =>
        [
            Finding(verdict, policy: "b", name: "z"),
            Finding(verdict, policy: "a", name: "z"),
            Finding(verdict, policy: "a", name: "B"),
            Finding(verdict, policy: "a", name: "a"),
            Finding(verdict, policy: "z", name: "z", severity: Severity.Critical),
        ];

        var changes = Changes.Between(Both(Verdict.Pass), Both(Verdict.Fail), [Listed]);

        Assert.That(changes.Select(c => $"{c.Policy!.Id} {c.Resource.Name}"), Is.EqualTo(new[] { "z z", "a B", "a a", "a z", "b z" }));
    }

    // Findings about up to three boxes by two policies, in any state and any order.
    static FsCheck.Gen<Finding[]> States =>
        from verdicts in Gen.Elements(Enum.GetValues<Verdict>()).ArrayOf(6)
        from present in Gen.Elements(true, false).ArrayOf(6)
        from order in Gen.Shuffle(Enumerable.Range(0, 6))
        select order.Where(i => present[i]).Select(i => Finding(verdicts[i], Policies[i % 2], $"box-{i / 2}")).ToArray();

    static readonly Policy[] Policies = [Rules.LidClosed, Rules.Policy("box-other", severity: Severity.Critical)];

    static Finding Finding(Verdict verdict, string policy = "box-lid-closed", string name = "box-1", Severity severity = Severity.High) =>
        Finding(verdict, Rules.Policy(policy, severity: severity), name);

    static Finding Finding(Verdict verdict, Policy policy, string name) => new(policy, Boxes.Box(name), verdict, null, [], "what was read");
}
