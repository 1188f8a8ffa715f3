using PostureScanner.Core.Facts;

namespace PostureScanner.Tests.Facts;

internal sealed class ReadingTests
{
    [Test]
    public void A_forgotten_reading_is_unknown() =>
        Assert.That(default(Reading<FactValue>).State, Is.EqualTo(ReadingState.Unknown));

    [Test]
    public void Only_a_known_reading_has_a_value()
    {
        Assert.That(Boxes.Read(7).Value, Is.EqualTo(FactValue.Of(7)));
        Assert.That(() => Boxes.Read(null).Value, Throws.InvalidOperationException.With.Message.EqualTo("A reading that is Absent has no value."));
        Assert.That(() => Boxes.Read(Boxes.Denied).Value, Throws.InvalidOperationException.With.Message.EqualTo("A reading that is Unknown has no value."));
    }

    [Test]
    public void An_unknown_reading_says_what_was_asked_and_what_came_back()
    {
        var reading = Boxes.Read(Boxes.Denied);

        Assert.That(reading.NotRead, Is.EqualTo(Boxes.Denied));
        Assert.That(reading.Origin, Is.EqualTo(new Origin("box:Describe", Boxes.Now)));
    }

    [Test]
    public void Looking_into_a_known_reading_and_finding_nothing_is_absent() =>
        Assert.That(Boxes.Read(7).Select((_, _) => (string?)null).State, Is.EqualTo(ReadingState.Absent));

    [Test]
    public void Looking_into_an_unknown_reading_keeps_its_reason() =>
        Assert.That(Boxes.Read(Boxes.Denied).Select((_, _) => "never asked").NotRead, Is.EqualTo(Boxes.Denied));

    [Test]
    public void Only_absent_is_replaced_by_a_default()
    {
        var none = FactValue.Of(0);

        Assert.That(Boxes.Read(null).OrElse(none).Value, Is.EqualTo(none));
        Assert.That(Boxes.Read(7).OrElse(none).Value, Is.EqualTo(FactValue.Of(7)));
        Assert.That(Boxes.Read(Boxes.Denied).OrElse(none).State, Is.EqualTo(ReadingState.Unknown));
    }

    [Test]
    public void A_known_reading_cannot_change_its_type() =>
        Assert.That(() => Boxes.Read(7).As<string>(), Throws.InvalidOperationException);

    [Test]
    public void A_note_changes_nothing_but_the_note()
    {
        var reading = Boxes.Read(Boxes.Denied).Noting("seen through a keyhole");

        Assert.That(reading.Origin!.Note, Is.EqualTo("seen through a keyhole"));
        Assert.That(reading.NotRead, Is.EqualTo(Boxes.Denied));
        Assert.That(reading.Noting(null), Is.EqualTo(reading));
    }
}
