using PostureScanner.Aws;
using PostureScanner.Cli;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

/// <summary>What must hold for every policy that is shipped, the default ones and those of the plans.</summary>
internal sealed class ShippedPolicyTests
{
    private static readonly IReadOnlyList<Policy> Shipped = [.. Packs().SelectMany(pack => Open(pack).Set.Policies)];

    private static IEnumerable<string> Packs()
    {
        var plans = Path.Combine(PolicyOptions.Shipped, PolicyFolder.PlansFolder);
        string[] named = Directory.Exists(plans) ? Directory.GetDirectories(plans) : [];
        return [PolicyOptions.Shipped, .. named.Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<TestCaseData> PackCases => Packs().Select(p => new TestCaseData(p).SetArgDisplayNames(Path.GetFileName(p)));

    private static IEnumerable<TestCaseData> Policies => Shipped.Select(p => new TestCaseData(p).SetArgDisplayNames(p.Id));

    private static IEnumerable<TestCaseData> Examples =>
        from policy in Shipped
        from example in policy.Examples
        select new TestCaseData(policy, example).SetArgDisplayNames($"{policy.Id}:{example.Line} {example.Verdict.Word()}");

    [TestCaseSource(nameof(PackCases))]
    public void Every_pack_is_read_without_a_problem(string folder) =>
        Assert.That(Open(folder).Problems, Is.Empty);

    [Test]
    public void Ids_are_unique_over_all_packs() =>
        Assert.That(Shipped.Select(p => p.Id), Is.Unique);

    [Test]
    public void Every_kind_that_can_be_scanned_has_a_policy() =>
        Assert.That(Shipped.Select(p => p.Kind).Distinct(StringComparer.Ordinal), Is.EquivalentTo(AwsComposition.Vocabulary.Tables.Select(t => t.Kind)));

    [Test]
    public void No_exception_is_shipped() =>
        Assert.That(Packs().SelectMany(p => Open(p).Set.Waivers), Is.Empty);

    [TestCaseSource(nameof(Policies))]
    public void Every_policy_shows_a_pass_and_a_fail(Policy policy) =>
        Assert.That(policy.Examples.Select(e => e.Verdict), Has.Member(Verdict.Pass).And.Member(Verdict.Fail));

    [TestCaseSource(nameof(Policies))]
    public void Every_policy_shows_what_it_says_when_nothing_can_be_read(Policy policy) =>
        Assert.That(policy.Examples.Select(e => e.Verdict), Has.Member(Verdict.Unknown));

    [TestCaseSource(nameof(Policies))]
    public void A_policy_with_a_condition_shows_where_it_does_not_apply(Policy policy) =>
        Assert.That(policy.Examples.Select(e => e.Verdict), policy.When is null ? Has.No.Member(Verdict.NotApplicable) : Has.Member(Verdict.NotApplicable));

    [TestCaseSource(nameof(Policies))]
    public void Every_policy_says_why_and_what_to_do(Policy policy)
    {
        Assert.That(policy.Because.TrimEnd(), Does.EndWith("."), "because is a sentence");
        Assert.That(policy.Fix, Does.Contain("{name}").Or.Contain("{arn}"), "a fix names the resource");
        Assert.That(policy.Title, Does.Not.EndWith("."));
    }

    // A name is quoted where it is filled in; quotes around the placeholder would open what the name's own quotes close.
    [TestCaseSource(nameof(Policies))]
    public void A_placeholder_of_a_fix_stands_alone(Policy policy) =>
        Assert.That(policy.Fix, Does.Not.Match(@"\S\{(name|arn|region|account)\}|\{(name|arn|region|account)\}[^\s;,.)]"));

    [TestCaseSource(nameof(Policies))]
    public void An_id_starts_with_its_service_or_its_plan(Policy policy)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(policy.File))!;
        var isPlan = policy.File.Contains($"{PolicyFolder.PlansFolder}/", StringComparison.Ordinal);

        Assert.That(policy.Id, Does.StartWith($"{folder}-"));
        if (!isPlan)
            Assert.That(folder, Is.EqualTo(policy.Kind.Split("::")[1].ToLowerInvariant()));
    }

    [TestCaseSource(nameof(Examples))]
    public void An_example_has_the_verdict_it_says(Policy policy, Example example) =>
        Assert.That(Judge.Verdict(policy, example.Sheet), Is.EqualTo(example.Verdict));

    private static (PolicySet Set, IReadOnlyList<string> Problems) Open(string folder)
    {
        var set = PolicyBook.Open(new PolicySources([folder], [], PolicyOptions.Shipped), AwsComposition.Vocabulary, Boxes.Now, out var problems);
        return (set, [.. problems.Select(p => p.ToString())]);
    }
}
