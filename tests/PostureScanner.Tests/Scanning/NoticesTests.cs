using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using static PostureScanner.Tests.Scanning.FakeSource;

namespace PostureScanner.Tests.Scanning;

internal sealed class NoticesTests
{
    private static readonly Policy Owned = Rules.Policy("box-owned", require: "[{ fact: tags.owner, equals: ada }]");

    [Test]
    public async Task When_nothing_looks_mistaken_nothing_is_said() =>
        Assert.That(await NoticesAsync(Rules.Set([Rules.LidClosed], Rules.Waiver())), Is.Empty);

    [Test]
    public async Task A_policy_that_applied_to_nothing_is_said_and_counted()
    {
        var set = Rules.Set(Rules.LidClosed, Rules.Policy("box-purple", when: "[{ fact: box.colour, equals: purple }]"));
        var report = await ScannerTests.ScanAsync(set, Of(Boxes.Home, Box("box-1", ("lid.closed", true), ("box.colour", "red"))));

        Assert.That(report.Notices, Is.EqualTo(new[] { "box-purple applied to no resource" }));
        Assert.That(report.Applied.Select(a => (a.Policy.Id, a.Applied)), Is.EqualTo(new[] { ("box-lid-closed", 1), ("box-purple", 0) }));
    }

    [Test]
    public async Task A_policy_of_which_it_is_unknown_whether_it_applies_may_have_applied() =>
        Assert.That(
            await NoticesAsync(Rules.Set(Rules.Policy("box-purple", when: "[{ fact: box.colour, equals: purple }]")), Box("box-1", ("lid.closed", true))),
            Is.Empty);

    [TestCase("tags.Owner")]
    [TestCase("tags.OWNER")]
    public async Task A_tag_that_no_resource_has_and_that_differs_only_in_case_is_said(string member) =>
        Assert.That(
            await NoticesAsync(Rules.Set(Owned), Box("box-1", Boxes.Home, [member, "tags.colour"], ("tags.owner", null))),
            Is.EqualTo(new[] { $"box-owned reads tags.owner, which no resource has; did you mean '{member}'?" }));

    [Test]
    public async Task A_tag_that_some_resource_has_is_no_mistake() =>
        Assert.That(
            await NoticesAsync(
                Rules.Set(Owned),
                Box("box-1", Boxes.Home, ["tags.Owner"], ("tags.owner", null)),
                Box("box-2", Boxes.Home, ["tags.owner"], ("tags.owner", "ada"))),
            Is.Empty);

    [Test]
    public async Task A_tag_that_nobody_has_in_any_spelling_is_no_mistake() =>
        Assert.That(await NoticesAsync(Rules.Set(Owned), Box("box-1", Boxes.Home, ["tags.colour"], ("tags.owner", null))), Is.Empty);

    [Test]
    public async Task A_waiver_that_matches_nothing_is_said() =>
        Assert.That(
            await NoticesAsync(Rules.Set([Rules.LidClosed], Rules.Waiver(resource: "box-2"))),
            Is.EqualTo(new[] { "the waiver for box-lid-closed on box-2 (waivers.yaml:1) matches nothing that fails; remove it if it is no longer needed" }));

    [Test]
    public async Task A_waiver_for_what_passes_matches_nothing_that_fails() =>
        Assert.That(await NoticesAsync(Rules.Set([Rules.LidClosed], Rules.Waiver()), Box("box-1", ("lid.closed", true))), Has.Length.EqualTo(1));

    [TestCase(14, true)]
    [TestCase(15, false)]
    public async Task A_waiver_that_expires_within_14_days_is_said(int days, bool said)
    {
        var notices = await NoticesAsync(Rules.Set([Rules.LidClosed], Rules.Waiver(expires: Boxes.Now.AddDays(days))));

        Assert.That(notices, said
            ? Is.EqualTo(new[] { "the waiver for box-lid-closed on box-1 (waivers.yaml:1) expires on 2026-06-29T12:00:00Z; its owner is ada@example.com" })
            : Is.Empty);
    }

    [Test]
    public async Task A_waiver_that_has_expired_is_said() =>
        Assert.That(
            await NoticesAsync(Rules.Set([Rules.LidClosed], Rules.Waiver(expires: Boxes.Now))),
            Is.EqualTo(new[] { "the waiver for box-lid-closed on box-1 (waivers.yaml:1) has expired and waives nothing; remove it, or let ada@example.com decide again" }));

    [Test]
    public async Task A_waiver_that_is_used_on_one_of_many_is_used() =>
        Assert.That(
            await NoticesAsync(Rules.Set([Rules.LidClosed], Rules.Waiver(resource: "*")), Box("box-1", ("lid.closed", true)), Box("box-2")),
            Is.Empty);

    // Without boxes of its own: one box that fails.
    private static async Task<string[]> NoticesAsync(PolicySet set, params Func<Core.Facts.FactSelection, Core.Scanning.SourceItem>[] boxes) =>
        [.. (await ScannerTests.ScanAsync(set, Of(Boxes.Home, boxes.Length == 0 ? [Box("box-1", ("lid.closed", false))] : boxes))).Notices];
}
