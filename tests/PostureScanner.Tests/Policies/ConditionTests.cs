using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Policies;

internal sealed class ConditionTests
{
    // Each of three flags is true, false or unknown, and each of them stands behind a tag.
    private const string A = "{ fact: tags.a, equals: yes }";
    private const string B = "{ fact: tags.b, equals: yes }";

    [TestCase($"[{A}, {B}]", "yes", "yes", Truth.True)]
    [TestCase($"[{A}, {B}]", "yes", "no", Truth.False)]
    [TestCase($"[{A}, {B}]", "no", "?", Truth.False, Description = "one false decides, whatever is unknown beside it")]
    [TestCase($"[{A}, {B}]", "yes", "?", Truth.Unknown)]
    [TestCase($"[ all: [{A}, {B}] ]", "yes", "?", Truth.Unknown)]
    [TestCase($"[ any: [{A}, {B}] ]", "yes", "?", Truth.True, Description = "one true decides, whatever is unknown beside it")]
    [TestCase($"[ any: [{A}, {B}] ]", "no", "?", Truth.Unknown)]
    [TestCase($"[ any: [{A}, {B}] ]", "no", "no", Truth.False)]
    [TestCase($"[ not: {A} ]", "no", "?", Truth.True)]
    [TestCase($"[ not: {A} ]", "?", "no", Truth.Unknown)]
    [TestCase($"[ not: [{A}, {B}] ]", "yes", "no", Truth.True, Description = "not of a list is not of all of it")]
    [TestCase($"[ not: {{ any: [{A}, {B}] }} ]", "no", "yes", Truth.False)]
    [TestCase($"[ not: {{ not: {A} }} ]", "yes", "?", Truth.True)]
    [TestCase($"[ any: [ all: [{A}, {B}], not: {A} ] ]", "no", "?", Truth.True)]
    public void Conditions_combine_by_kleene(string conditions, string a, string b, Truth truth)
    {
        var sheet = Boxes.Sheet(("tags.a", a == "?" ? Boxes.Denied : a), ("tags.b", b == "?" ? Boxes.Denied : b));

        Assert.That(Rules.Condition(conditions).Evaluate(sheet), Is.EqualTo(truth));
    }

    [TestCase("equals: red")]
    [TestCase("in: [red, blue]")]
    [TestCase("matches: '*'")]
    [TestCase("exists: true")]
    public void Not_of_a_comparison_with_absent_is_true(string comparison) =>
        Assert.That(Rules.Condition($"[ not: {{ fact: box.colour, {comparison} }} ]").Evaluate(Boxes.Sheet(("box.colour", null))), Is.EqualTo(Truth.True));

    [Test]
    public void A_condition_names_every_fact_it_reads() =>
        Assert.That(
            Rules.Condition($"[{A}, {{ any: [{B}, {{ not: {A} }}] }}]").Facts.Select(f => f.Name),
            Is.EqualTo(new[] { "tags.a", "tags.b", "tags.a" }));
}
