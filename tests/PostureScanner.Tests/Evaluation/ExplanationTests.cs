using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Evaluation;

internal sealed class ExplanationTests
{
    [TestCase("{ fact: lid.closed, equals: true }", "lid.closed", false, "lid.closed is false, must equal true")]
    [TestCase("{ fact: lid.closed, equals: true }", "lid.closed", null, "lid.closed is not configured, must equal true")]
    [TestCase("{ fact: lid.closed, exists: true }", "lid.closed", null, "lid.closed is not configured, must be configured")]
    [TestCase("{ fact: lid.closed, exists: false }", "lid.closed", true, "lid.closed is true, must not be configured")]
    [TestCase("{ fact: lid.count, at-least: 2 }", "lid.count", 1, "lid.count is 1, must be at least 2")]
    [TestCase("{ fact: lid.count, at-most: 2 }", "lid.count", 3, "lid.count is 3, must be at most 2")]
    [TestCase("{ fact: lid.count, in: [1, 2] }", "lid.count", 3, "lid.count is 3, must be one of [1, 2]")]
    [TestCase("{ fact: box.colour, in: [red, blue] }", "box.colour", "green", "box.colour is green, must be one of [red, blue]")]
    [TestCase("{ fact: box.colour, matches: 'r*' }", "box.colour", "", "box.colour is \"\", must match r*")]
    [TestCase("{ fact: tags.a, equals: '' }", "tags.a", "b", "tags.a is b, must equal \"\"")]
    [TestCase("{ fact: box.places, contains: north }", "box.places", new[] { "south", "east" }, "box.places is [east, south], must contain north")]
    [TestCase("{ fact: box.places, equals: [north] }", "box.places", new string[0], "box.places is [], must equal [north]")]
    [TestCase("{ not: { fact: lid.closed, equals: false } }", "lid.closed", false, "lid.closed is false, must not equal false")]
    public void A_failing_finding_says_what_was_read_and_what_was_required(string condition, string fact, object? value, string message) =>
        Assert.That(Message($"[{condition}]", (fact, value)), Is.EqualTo(message));

    [Test]
    public void A_duration_is_said_as_people_write_it() =>
        Assert.That(
            Message("[{ fact: box.age, at-most: PT24H }]", ("box.age", TimeSpan.FromHours(30))),
            Is.EqualTo("box.age is 1d 6h, must be at most 1d"));

    [Test]
    public void Of_several_conditions_only_the_failing_ones_are_named() =>
        Assert.That(
            Message(
                "[{ fact: lid.closed, equals: true }, { fact: box.colour, equals: red }, { fact: lid.count, at-least: 2 }]",
                ("lid.closed", false),
                ("box.colour", "red"),
                ("lid.count", 1)),
            Is.EqualTo("lid.closed is false, must equal true; lid.count is 1, must be at least 2"));

    [Test]
    public void Where_one_condition_is_false_the_unknown_ones_beside_it_are_not_named() =>
        Assert.That(
            Message("[{ fact: lid.closed, equals: true }, { fact: lid.count, at-least: 2 }]", ("lid.closed", false), ("lid.count", Boxes.Denied)),
            Is.EqualTo("lid.closed is false, must equal true"));

    [Test]
    public void An_unknown_finding_names_the_operation_and_the_code() =>
        Assert.That(
            Message("[{ fact: lid.closed, equals: true }, { fact: lid.count, at-least: 2 }]", ("lid.closed", true), ("lid.count", Boxes.Denied)),
            Is.EqualTo("lid.count could not be read (box:Describe: AccessDenied), must be at least 2"));

    [Test]
    public void Of_alternatives_each_is_named() =>
        Assert.That(
            Message("[{ any: [{ fact: lid.closed, equals: true }, { fact: box.colour, equals: red }] }]", ("lid.closed", false), ("box.colour", "blue")),
            Is.EqualTo("lid.closed is false, must equal true, or box.colour is blue, must equal red"));

    [Test]
    public void Alternatives_about_one_fact_name_it_once() =>
        Assert.That(
            Message("[{ any: [{ fact: lid.count, equals: 0 }, { fact: lid.count, at-least: 2 }] }]", ("lid.count", 1)),
            Is.EqualTo("lid.count is 1, must equal 0 or be at least 2"));

    [Test]
    public void A_negation_of_several_conditions_says_what_must_be_otherwise() =>
        Assert.That(
            Message("[{ not: [{ fact: lid.closed, equals: true }, { fact: box.colour, equals: red }] }]", ("lid.closed", true), ("box.colour", "red")),
            Is.EqualTo("lid.closed is true; box.colour is red, must be otherwise: not (lid.closed must equal true and box.colour must equal red)"));

    [Test]
    public void A_passing_finding_says_what_was_read() =>
        Assert.That(
            Message("[{ fact: lid.closed, equals: true }, { fact: lid.count, at-least: 2 }]", ("lid.closed", true), ("lid.count", 2)),
            Is.EqualTo("lid.closed is true; lid.count is 2"));

    [Test]
    public void A_passing_alternative_says_which_one_held() =>
        Assert.That(
            Message("[{ any: [{ fact: lid.closed, equals: true }, { fact: box.colour, equals: red }] }]", ("lid.closed", false), ("box.colour", "red")),
            Is.EqualTo("box.colour is red"));

    [TestCase("blue", "does not apply: box.colour is blue")]
    [TestCase(null, "does not apply: box.colour is not configured")]
    [TestCase("?", "whether it applies is unknown: box.colour could not be read (box:Describe: AccessDenied)")]
    public void Where_a_policy_does_not_apply_the_reason_is_said(string? colour, string message)
    {
        var policy = Rules.Policy("box-lid-closed", when: "[{ fact: box.colour, equals: red }]");
        var sheet = Boxes.Sheet(("box.colour", colour == "?" ? Boxes.Denied : colour), ("lid.closed", Boxes.Denied));

        Assert.That(Judge.Findings(Rules.Set(policy), sheet, Boxes.Now).Single().Message, Is.EqualTo(message));
    }

    [Test]
    public void A_note_to_the_reader_stands_behind_the_reading()
    {
        var closed = new Origin("box:Describe", Boxes.Now, Note: "seen through a keyhole");
        var selection = new FactSelection(Boxes.Table, [Boxes.Fact("lid.closed")]);
        var sheet = new Sheet(Boxes.Box(), selection, [Reading<FactValue>.Known(FactValue.Of(value: false), closed)]);

        Assert.That(Judge.Findings(Rules.Set(Rules.LidClosed), sheet, Boxes.Now).Single().Message, Is.EqualTo("lid.closed is false (seen through a keyhole), must equal true"));
    }

    [TestCase("[{ fact: lid.closed, equals: true }]", "lid.closed must equal true")]
    [TestCase("[{ fact: lid.closed, exists: false }]", "lid.closed must not be configured")]
    [TestCase("[{ not: { fact: lid.closed, exists: true } }]", "lid.closed must not be configured")]
    [TestCase("[{ not: { fact: lid.closed, exists: false } }]", "lid.closed must be configured")]
    [TestCase("[{ fact: lid.closed, equals: true }, { any: [{ fact: lid.count, equals: 1 }, { not: { fact: box.colour, equals: red } }] }]", "lid.closed must equal true and (lid.count must equal 1 or box.colour must not equal red)")]
    [TestCase("[{ not: { any: [{ fact: lid.count, equals: 1 }, { fact: lid.count, equals: 2 }] } }]", "not (lid.count must equal 1 or lid.count must equal 2)")]
    public void A_condition_can_be_said_as_a_requirement(string conditions, string sentence) =>
        Assert.That(Explanation.Required(Rules.Condition(conditions)), Is.EqualTo(sentence));

    private static string Message(string require, params (string, object?)[] readings) =>
        Judge.Findings(Rules.Set(Rules.Policy("box-lid-closed", require: require)), Boxes.Sheet(readings), Boxes.Now).Single().Message;
}
