using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Evaluation;

internal sealed class FindingTests
{
    // printf 'box-lid-closed\narn:box:box-1' | sha256sum | cut -c-32
    [Test]
    public void An_id_is_the_first_32_hex_digits_of_sha256_over_policy_newline_arn() =>
        Assert.That(Finding().Id, Is.EqualTo("f8260f4f7c6482acc20e44965286434c"));

    [Test]
    public void An_id_depends_on_nothing_else()
    {
        var other = Finding(severity: Severity.Low) with { Verdict = Verdict.Pass, Message = "" };

        Assert.That(other.Id, Is.EqualTo(Finding().Id));
        Assert.That(Finding(name: "box-2").Id, Is.Not.EqualTo(Finding().Id));
        Assert.That(Finding(policy: "box-other").Id, Is.Not.EqualTo(Finding().Id));
    }

    [Test]
    public void Findings_are_in_the_order_of_verdict_severity_policy_and_arn()
    {
        Finding[] ordered =
        [
            Finding(severity: Severity.Critical, policy: "b"),
            Finding(severity: Severity.High, policy: "B", name: "a"),
            Finding(severity: Severity.High, policy: "a", name: "B"),
            Finding(severity: Severity.High, policy: "a", name: "a"),
            Finding(severity: Severity.High, policy: "a", name: "a1"),
            Finding(severity: Severity.High, policy: "a-b", name: "a"),
            Finding(severity: Severity.Low, policy: "a"),
            Finding(severity: Severity.Critical) with { Verdict = Verdict.Unknown },
            Finding(severity: Severity.Critical) with { Verdict = Verdict.Waived },
            Finding(severity: Severity.Critical) with { Verdict = Verdict.Pass },
            Finding(severity: Severity.Critical) with { Verdict = Verdict.NotApplicable },
        ];

        Assert.That(ordered.Reverse().Order(FindingOrder.Instance), Is.EqualTo(ordered).Using<Finding>(ReferenceEquals));
    }

    [TestCase("box-1", "box-1")]
    [TestCase("a.b_c/d:e", "a.b_c/d:e")]
    [TestCase("a b", "'a b'")]
    [TestCase("$(rm -rf /)", "'$(rm -rf /)'")]
    [TestCase("a;b", "'a;b'")]
    [TestCase("a`b`", "'a`b`'")]
    [TestCase("a\nb", "'a\nb'")]
    [TestCase("it's", @"'it'\''s'")]
    [TestCase("'; rm -rf / '", @"''\''; rm -rf / '\'''")]
    [TestCase("kiste-ü", "'kiste-ü'")]
    [TestCase("", "''")]
    public void Whoever_names_a_resource_cannot_name_a_command(string name, string quoted) =>
        Assert.That((Finding() with { Resource = Boxes.Box() with { Name = name } }).Fix, Is.EqualTo($"close {quoted}"));

    [Test]
    public void Every_placeholder_of_a_fix_is_filled_in() =>
        Assert.That(
            Finding(fix: "open {arn} in {region} of {account}; close {name}, {name}").Fix,
            Is.EqualTo("open arn:box:box-1 in north of 111122223333; close box-1, box-1"));

    [Test]
    public void A_name_that_looks_like_a_placeholder_stays_a_name() =>
        Assert.That((Finding() with { Resource = Boxes.Box("{arn}") }).Fix, Is.EqualTo("close '{arn}'"));

    private static Finding Finding(string policy = "box-lid-closed", string name = "box-1", Severity severity = Severity.High, string fix = "close {name}") =>
        new(Rules.Policy(policy, severity: severity, fix: fix), Boxes.Box(name), Verdict.Fail, Waiver: null, [], "lid.closed is false, must equal true");
}
