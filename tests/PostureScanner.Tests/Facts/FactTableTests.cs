using PostureScanner.Core.Facts;

namespace PostureScanner.Tests.Facts;

internal sealed class FactTableTests
{
    [Test]
    public void A_member_of_a_family_is_a_fact_and_keeps_the_rest_of_its_name_verbatim() =>
        Assert.That(Boxes.Table.Find("tags.Cost Center/2:x")!.Name, Is.EqualTo("tags.Cost Center/2:x"));

    [TestCase("tags.*", Description = "the family itself")]
    [TestCase("tags.")]
    [TestCase("tags")]
    [TestCase("Lid.closed")]
    [TestCase("")]
    public void Anything_else_is_no_fact(string name) =>
        Assert.That(Boxes.Table.Find(name), Is.Null);

    [Test]
    public void Facts_are_in_the_order_of_their_names() =>
        Assert.That(Boxes.Table.Facts.Select(f => f.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

    [Test]
    public void A_vocabulary_knows_its_kinds_in_order_and_every_permission_once()
    {
        Assert.That(Boxes.Vocabulary.Tables.Select(t => t.Kind), Is.EqualTo(new[] { "Test::Box", "Test::Crate" }));
        Assert.That(Boxes.Vocabulary.Permissions, Is.EqualTo(new[] { "box:Describe", "box:List" }));
        Assert.That(Boxes.Vocabulary.Find("test::box"), Is.Null);
    }

    [Test]
    public void A_selection_has_each_fact_once_in_order()
    {
        var selection = new FactSelection(Boxes.Table, [Boxes.Fact("tags.a"), Boxes.Fact("lid.closed"), Boxes.Fact("tags.a")]);

        Assert.That(selection.Facts.Select(f => f.Name), Is.EqualTo(new[] { "lid.closed", "tags.a" }));
        Assert.That(selection.IsWanted(Boxes.Fact("tags.a")), Is.True);
        Assert.That(selection.IsWanted(Boxes.Fact("tags.b")), Is.False);
    }

    [Test]
    public void What_drift_looks_at_stands_beside_what_is_wanted()
    {
        var selection = new FactSelection(Boxes.Table, [Boxes.Fact("tags.a")]).WithWatched();

        Assert.That(selection.Facts.Select(f => (f.Name, selection.IsWanted(f))), Is.EqualTo(new[] { ("lid.closed", false), ("tags.a", true) }));
    }

    [Test]
    public void A_fact_that_was_not_selected_is_unknown_and_was_never_asked_for()
    {
        var reading = Boxes.Sheet(("lid.closed", true))[Boxes.Fact("lid.count")];

        Assert.That(reading.State, Is.EqualTo(ReadingState.Unknown));
        Assert.That(reading.NotRead, Is.Null);
    }

    [Test]
    public void A_sheet_has_a_reading_for_every_selected_fact() =>
        Assert.That(
            () => new Sheet(Boxes.Box(), new FactSelection(Boxes.Table, [Boxes.Fact("lid.closed")]), []),
            Throws.ArgumentException.With.Message.StartsWith("1 facts were selected, but 0 readings given."));
}
