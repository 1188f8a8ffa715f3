using PostureScanner.Core.Policies;

namespace PostureScanner.Tests.Policies;

internal sealed class PolicyParserTests
{
    [Test]
    public void A_good_policy_has_no_problems() =>
        Assert.That(Draft.Good.Problems(), Is.Empty);

    [Test]
    public void A_policy_is_read_as_it_is_written()
    {
        var policy = Draft.Good
            .Examples("{ facts: { box.colour: red, lid.closed: true }, verdict: pass }", "{ facts: { box.colour: red, lid.closed: false }, verdict: fail }")
            .And("mode: report")
            .And("when: [{ fact: box.colour, in: [red, blue] }, { fact: lid.closed, exists: true }]")
            .And("controls: [house-rules/1, house-rules/2]")
            .Policy();

        Assert.That(policy.Id, Is.EqualTo("box-lid-closed"));
        Assert.That(policy.Title, Is.EqualTo("Lids are closed"));
        Assert.That(policy.Severity, Is.EqualTo(Severity.High));
        Assert.That(policy.Mode, Is.EqualTo(PolicyMode.Report));
        Assert.That(policy.Kind, Is.EqualTo("Test::Box"));
        Assert.That(policy.Because, Is.EqualTo("Dust gets in."));
        Assert.That(policy.Fix, Is.EqualTo("close {name}"));
        Assert.That(policy.Controls, Is.EqualTo(new[] { "house-rules/1", "house-rules/2" }));
        Assert.That(policy.Examples, Has.Length.EqualTo(2));
        Assert.That(policy.File, Is.EqualTo("box-lid-closed.yaml"));
        Assert.That(policy.Source, Does.StartWith("policy: box-lid-closed\n"));
        Assert.That(policy.Facts.Select(f => f.Name), Is.EqualTo(new[] { "box.colour", "lid.closed" }), "in the order it names them, each once");
    }

    [Test]
    public void Without_a_mode_a_policy_alerts() =>
        Assert.That(Draft.Good.Policy().Mode, Is.EqualTo(PolicyMode.Alert));

    [TestCase("policy")]
    [TestCase("title")]
    [TestCase("severity")]
    [TestCase("resource")]
    [TestCase("require")]
    [TestCase("because")]
    [TestCase("fix")]
    public void A_missing_key_is_a_problem(string key) =>
        Assert.That(Draft.Good.Without(key).Problems(), Has.Member($"{Draft.File}:1:1: a policy needs '{key}'"));

    [Test]
    public void Missing_examples_are_a_problem() =>
        Assert.That(new Draft([.. Draft.Good.Lines.Take(7)]).Problems(), Is.EqualTo(new[] { $"{Draft.File}:1:1: a policy needs 'examples'" }));

    // The line that begins with the key is replaced; the problem's file stands for itself.
    [TestCase("policy", "policy: Box_Lid", "1:9: the id 'Box_Lid' must be lower-case words joined by '-': <service>-<what-must-hold>")]
    [TestCase("policy", "policy: box-lid-open", "1:9: the id 'box-lid-open' differs from the file name 'box-lid-closed'; rename one of them")]
    [TestCase("policy", "policy: [box-lid-closed]", "1:9: 'policy' must be text")]
    [TestCase("title", "title:", "2:7: 'title' must be text")]
    [TestCase("title", "title: ~", "2:8: 'title' must be text")]
    [TestCase("title", "title: '  '", "2:8: 'title' must be text")]
    [TestCase("title", "titel: Lids are closed", "2:1: a policy has no key 'titel'; did you mean 'title'?")]
    [TestCase("title", "colour: red", "2:1: a policy has no key 'colour'")]
    [TestCase("title", "title: a\ntitle: b", "3:1: the key 'title' stands here a second time; keep one of them")]
    [TestCase("severity", "severity: hgih", "3:11: 'severity' is 'hgih', must be one of critical, high, medium, low; did you mean 'high'?")]
    [TestCase("severity", "severity: HIGH", "3:11: 'severity' is 'HIGH', must be one of critical, high, medium, low; did you mean 'high'?")]
    [TestCase("severity", "severity: |\n  high\n  low", "3:11: 'severity' is 'high low', must be one of critical, high, medium, low")]
    [TestCase("severity", "severity: 1", "3:11: 'severity' is '1', must be one of critical, high, medium, low")]
    [TestCase("severity", "severity: high\nmode: warn", "4:7: 'mode' is 'warn', must be one of alert, report")]
    [TestCase("resource", "resource: Test::Bx", "4:11: 'Test::Bx' is not a kind of resource that is scanned; kinds are Test::Box, Test::Crate; did you mean 'Test::Box'?")]
    [TestCase("require", "require: lid.closed", "5:10: 'require' must be a list")]
    [TestCase("require", "require: []", "5:10: 'require' needs at least one condition")]
    [TestCase("require", "require: [lid.closed]", "5:11: a condition is written { fact: <name>, <operator>: <value> }, or all, any, not")]
    [TestCase("require", "require: [{ fact: lid.closd, equals: true }]", "5:19: Test::Box has no fact 'lid.closd'; did you mean 'lid.closed'?")]
    [TestCase("require", "require: [{ fact: wholly.else, equals: true }]", "5:19: Test::Box has no fact 'wholly.else'")]
    [TestCase("require", "require: [{ fact: tags.*, exists: true }]", "5:19: Test::Box has no fact 'tags.*'")]
    [TestCase("require", "require: [{ fact: lid.closed, equal: true }]", "5:31: a condition has no key 'equal'; did you mean 'equals'?")]
    [TestCase("require", "require: [{ fact: lid.closed, equals: true, exists: true }]", "5:11: a condition has one operator, here are 'equals' and 'exists'; write two conditions")]
    [TestCase("require", "require: [{ fact: lid.closed, equals: true, equals: false }]", "5:45: the key 'equals' stands here a second time; keep one of them")]
    [TestCase("require", "require: [{ fact: lid.closed }]", "5:11: a condition needs an operator: equals, in, contains, matches, at-least, at-most, exists")]
    [TestCase("require", "require: [{ equals: true }]", "5:11: a condition needs 'fact'")]
    [TestCase("require", "require: [{ }]", "5:11: a condition needs 'fact'")]
    [TestCase("require", "require: [{ fact: lid.closed, at-least: 1 }]", "5:41: 'at-least' does not fit lid.closed, which is of type Flag; use equals, in, exists")]
    [TestCase("require", "require: [{ fact: lid.closed, equals: yes }]", "5:39: lid.closed is a flag: write true or false, not 'yes'")]
    [TestCase("require", "require: [{ fact: lid.closed, equals: True }]", "5:39: lid.closed is a flag: write true or false, not 'True'")]
    [TestCase("require", "require: [{ fact: lid.closed, equals: ~ }]", "5:39: lid.closed is a flag: write true or false, not '~'")]
    [TestCase("require", "require: [{ fact: lid.count, equals: seven }]", "5:38: lid.count is a number: write a number, not 'seven'")]
    [TestCase("require", "require: [{ fact: lid.count, at-most: 1e400 }]", "5:39: lid.count is a number: write a number, not '1e400'")]
    [TestCase("require", "require: [{ fact: lid.count, in: [1, two] }]", "5:38: lid.count is a number: write a number, not 'two'")]
    [TestCase("require", "require: [{ fact: box.places, in: [[north], [south]] }]", "5:35: 'in' does not fit box.places, which is of type List; use equals, contains, exists")]
    [TestCase("require", "require: [{ fact: lid.count, in: [] }]", "5:34: 'in' needs a list with at least one value, such as [a, b]")]
    [TestCase("require", "require: [{ fact: lid.count, in: 7 }]", "5:34: 'in' needs a list with at least one value, such as [a, b]")]
    [TestCase("require", "require: [{ fact: box.colour, equals: [red] }]", "5:39: box.colour is a text: write text")]
    [TestCase("require", "require: [{ fact: box.colour, matches: [red] }]", "5:40: 'matches' must be text")]
    [TestCase("require", "require: [{ fact: box.colour, matches: ~ }]", "5:40: 'matches' must be text")]
    [TestCase("require", "require: [{ fact: box.colour, matches: }]", "5:40: 'matches' must be text")]
    [TestCase("require", "require: [{ fact: box.places, equals: north }]", "5:39: box.places is a list: write a list, such as [a, b], not 'north'")]
    [TestCase("require", "require: [{ fact: box.places, equals: [[north]] }]", "5:40: an element of box.places must be text")]
    [TestCase("require", "require: [{ fact: box.places, contains: [north] }]", "5:41: 'contains' must be text")]
    [TestCase("require", "require: [{ fact: box.age, at-most: 24 hours }]", "5:37: box.age is a duration: write a duration such as 15m, 24h, 35d or PT15M, not '24 hours'")]
    [TestCase("require", "require: [{ fact: box.age, at-most: P1M }]", "5:37: box.age is a duration: write a duration such as 15m, 24h, 35d or PT15M, not 'P1M'; years and months have no fixed length, write days")]
    [TestCase("require", "require: [{ fact: box.age, at-most: P1Y6M }]", "5:37: box.age is a duration: write a duration such as 15m, 24h, 35d or PT15M, not 'P1Y6M'; years and months have no fixed length, write days")]
    [TestCase("require", "require: [{ fact: box.made, at-most: yesterday }]", "5:38: box.made is an instant: write a time such as 2026-01-31 or 2026-01-31T06:00:00Z, not 'yesterday'")]
    [TestCase("require", "require: [{ fact: lid.closed, exists: maybe }]", "5:39: 'exists' must be true or false")]
    [TestCase("require", "require: [{ any: [] }]", "5:18: 'any' needs a list with at least one condition")]
    [TestCase("require", "require: [{ all: lid.closed }]", "5:18: 'all' needs a list with at least one condition")]
    [TestCase("require", "require: [{ not: lid.closed }]", "5:18: a condition is written { fact: <name>, <operator>: <value> }, or all, any, not")]
    [TestCase("require", "require: [{ not: [] }]", "5:18: 'not' needs at least one condition")]
    [TestCase("require", "require: [{ not: { fact: lid.closed, equals: true }, fact: lid.closed }]", "5:11: 'not' stands alone in its condition; move the other keys into a condition of their own")]
    [TestCase("require", "require: [{ an: [{ fact: lid.closed, equals: true }] }]", "5:13: a condition has no key 'an'; did you mean 'any'?")]
    [TestCase("fix", "fix: close {nmae}", "7:6: 'fix' has the placeholder {nmae}; there are {name}, {arn}, {region}, {account}; did you mean 'name'?")]
    [TestCase("fix", "fix: close {everything}", "7:6: 'fix' has the placeholder {everything}; there are {name}, {arn}, {region}, {account}")]
    [TestCase("fix", "fix: close {name}\ncontrols: house-rules/1", "8:11: 'controls' must be a list")]
    [TestCase("fix", "fix: close {name}\ncontrols: [{ a: b }]", "8:12: 'controls' must be text")]
    [TestCase("fix", "fix: close {name}\nwhen: []", "8:7: 'when' needs at least one condition")]
    public void A_wrong_line_is_a_problem_with_its_place(string key, string line, string problem) =>
        Assert.That(Draft.Good.With(key, line).Problems(), Has.Member($"{Draft.File}:{problem}"));

    [TestCase("9:3: an example with verdict pass is missing; a policy shows at least one pass and one fail", "{ facts: { lid.closed: false }, verdict: fail }")]
    [TestCase("9:3: an example with verdict fail is missing; a policy shows at least one pass and one fail", "{ facts: { lid.closed: true }, verdict: pass }")]
    public void A_policy_shows_one_pass_and_one_fail(string problem, string example) =>
        Assert.That(Draft.Good.Examples(example).Problems(), Is.EqualTo(new[] { $"{Draft.File}:{problem}" }));

    [TestCase("{ facts: { lid.closed: true }, verdict: fail }", "11:5: the example's verdict is pass, not fail: lid.closed is true")]
    [TestCase("{ facts: { lid.closed: false }, verdict: pass }", "11:5: the example's verdict is fail, not pass: lid.closed is false, must equal true")]
    [TestCase("{ facts: { }, verdict: fail }", "11:5: the example's verdict is unknown, not fail: lid.closed could not be read, must equal true")]
    [TestCase("{ facts: { lid.closed: ~ }, verdict: unknown }", "11:5: the example's verdict is fail, not unknown: lid.closed is not configured, must equal true")]
    [TestCase("{ facts: { lid.closed: maybe }, verdict: pass }", "11:28: lid.closed is a flag: write true or false, not 'maybe'")]
    [TestCase("{ facts: { lid.clsoed: true }, verdict: pass }", "11:16: Test::Box has no fact 'lid.clsoed'; did you mean 'lid.closed'?")]
    [TestCase("{ facts: { lid.count: 1 }, verdict: pass }", "11:16: the policy does not read 'lid.count'")]
    [TestCase("{ facts: { lid.closed: true, lid.closed: false }, verdict: pass }", "11:34: the fact 'lid.closed' stands here a second time; keep one of them")]
    [TestCase("{ facts: { lid.closed: true }, verdict: waived }", "11:45: 'verdict' is 'waived', must be one of fail, unknown, pass, not-applicable")]
    [TestCase("{ facts: { lid.closed: true }, verdict: passed }", "11:45: 'verdict' is 'passed', must be one of fail, unknown, pass, not-applicable; did you mean 'pass'?")]
    [TestCase("{ facts: { lid.closed: true } }", "11:5: an example needs 'verdict'")]
    [TestCase("{ verdict: unknown }", "11:5: an example needs 'facts'; write { } for a resource of which nothing could be read")]
    [TestCase("{ fact: { lid.closed: true }, verdict: pass }", "11:7: an example has no key 'fact'; did you mean 'facts'?")]
    [TestCase("{ facts: [lid.closed], verdict: pass }", "11:14: 'facts' must be a mapping of fact: value")]
    [TestCase("closed", "11:5: an example is written { facts: { <fact>: <value> }, verdict: <verdict> }")]
    public void A_wrong_example_is_a_problem_with_its_place(string example, string problem) =>
        Assert.That(Draft.Good.And($"  - {example}").Problems(), Has.Member($"{Draft.File}:{problem}"));

    [TestCase("title", "titel: Lids are closed", "2:1: a policy has no key 'titel'; did you mean 'title'?")]
    [TestCase("policy", "policy: ~", "1:9: 'policy' must be text")]
    [TestCase("severity", "severity: huge", "3:11: 'severity' is 'huge', must be one of critical, high, medium, low")]
    [TestCase("severity", "severity: high\nmode: loud", "4:7: 'mode' is 'loud', must be one of alert, report")]
    [TestCase("because", "because:", "6:9: 'because' must be text")]
    [TestCase("fix", "fix: close {nam}", "7:6: 'fix' has the placeholder {nam}; there are {name}, {arn}, {region}, {account}; did you mean 'name'?")]
    public void A_wrong_example_is_said_beside_other_problems(string key, string line, string problem) =>
        Assert.That(
            Draft.Good.With(key, line).And("  - { facts: { }, verdict: pass }").Problems(),
            Has.Member($"{Draft.File}:{problem}").And.Some.EndsWith(":5: the example's verdict is unknown, not pass: lid.closed could not be read, must equal true"));

    [Test]
    public void A_wrong_example_is_said_beside_a_missing_one_and_a_broken_one() =>
        Assert.That(Draft.Good.Examples("{ facts: { lid.closed: false }, verdict: pass }").Problems(), Is.EqualTo(new[]
        {
            $"{Draft.File}:9:3: an example with verdict fail is missing; a policy shows at least one pass and one fail",
            $"{Draft.File}:9:5: the example's verdict is fail, not pass: lid.closed is false, must equal true",
        }));

    [Test]
    public void A_wrong_example_is_said_in_the_second_of_two_policies_with_one_id()
    {
        using var folder = new Folder();
        folder.Write($"a/{Draft.File}", Draft.Good.Text).Write($"b/{Draft.File}", Draft.Good.And("  - { facts: { }, verdict: pass }").Text);

        Assert.That(folder.Problems(), Has.Count.EqualTo(2).And.Some.StartsWith($"b/{Draft.File}:11:5: the example's verdict is unknown, not pass"));
    }

    [TestCase("wehn: [{ fact: box.colour, equals: red }]", "a policy has no key 'wehn'; did you mean 'when'?")]
    [TestCase("when: [{ fact: box.color, equals: red }]", "Test::Box has no fact 'box.color'; did you mean 'box.colour'?")]
    [TestCase("require: [{ fact: box.colour, equals: red }]", "the key 'require' stands here a second time; keep one of them")]
    public void Where_the_conditions_are_not_known_nothing_is_said_of_the_examples(string line, string problem) =>
        Assert.That(Draft.Good.And("  - { facts: { lid.closed: false, box.colour: blue }, verdict: not-applicable }").And(line).Problems().Single(), Does.EndWith(problem));

    [Test]
    public void Examples_must_be_a_list() =>
        Assert.That(new Draft([.. Draft.Good.Lines.Take(7), "examples: none"]).Problems(), Is.EqualTo(new[] { $"{Draft.File}:8:11: 'examples' must be a list" }));

    [Test]
    public void What_cannot_be_understood_is_said_once() =>
        Assert.That(
            Draft.Good.With("require", "require: [{ fact: lid.clsoed, equals: true }]").Problems(),
            Is.EqualTo(new[] { $"{Draft.File}:5:19: Test::Box has no fact 'lid.clsoed'; did you mean 'lid.closed'?" }));

    [Test]
    public void A_policy_file_is_a_mapping()
    {
        using var folder = new Folder();

        Assert.That(folder.Write("a.yaml", "- policy\n").Problems(), Is.EqualTo(new[] { "a.yaml:1:1: a policy file is a mapping that begins with 'policy:'" }));
    }
}
