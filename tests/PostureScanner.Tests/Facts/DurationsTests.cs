using FsCheck.Fluent;
using PostureScanner.Core.Facts;

namespace PostureScanner.Tests.Facts;

internal sealed class DurationsTests
{
    [TestCase("0s", 0)]
    [TestCase("90s", 90)]
    [TestCase("15m", 900)]
    [TestCase("24h", 86_400)]
    [TestCase("35d", 3_024_000)]
    [TestCase("PT15M", 900)]
    [TestCase("PT1.5S", 1.5)]
    [TestCase("P35D", 3_024_000)]
    [TestCase("P1DT6H30M", 109_800)]
    [TestCase("P1W", 604_800)]
    [TestCase("P0.5W", 302_400)]
    [TestCase("P1.5D", 129_600)]
    [TestCase("PT0.5H", 1_800)]
    [TestCase("PT0,5H", 1_800, Description = "the comma is ISO 8601's own")]
    [TestCase("PT1H0.5M", 3_630)]
    [TestCase("P1DT0.25H", 87_300)]
    public void A_duration_is_read_as_people_and_machines_write_it(string text, double seconds)
    {
        Assert.That(Durations.TryParse(text, out var duration), Is.True);
        Assert.That(duration.TotalSeconds, Is.EqualTo(seconds));
    }

    [TestCase("")]
    [TestCase("15")]
    [TestCase("15 m")]
    [TestCase(" 15m")]
    [TestCase("15m\n")]
    [TestCase("-15m")]
    [TestCase("1.5h")]
    [TestCase("1d 6h")]
    [TestCase("15M")]
    [TestCase("2w")]
    [TestCase("٣d")]
    [TestCase("P")]
    [TestCase("PT")]
    [TestCase("P1DT")]
    [TestCase("-P1D")]
    [TestCase("pt15m")]
    [TestCase("P1Y", Description = "a year has no fixed length")]
    [TestCase("P1M", Description = "nor has a month")]
    [TestCase("P1Y2M3D")]
    [TestCase("P1W1D", Description = "weeks stand alone")]
    [TestCase("P1WT1H")]
    [TestCase("PT0.5H30M", Description = "only the smallest unit has a fraction")]
    [TestCase("P1.5DT1H")]
    [TestCase("PT.5H")]
    [TestCase("PT1.H")]
    [TestCase("P٣D")]
    [TestCase("P99999999W")]
    [TestCase("P99999999999999999999999999999D", Description = "more than a decimal can hold")]
    [TestCase("999999999d", Description = "more days than a TimeSpan can hold")]
    [TestCase("P99999999999999999999D")]
    public void Anything_else_is_not_a_duration(string text) =>
        Assert.That(Durations.TryParse(text, out _), Is.False);

    [TestCase("0s", "0s")]
    [TestCase("PT0.9S", "0s")]
    [TestCase("90s", "1m 30s")]
    [TestCase("24h", "1d")]
    [TestCase("30h", "1d 6h")]
    [TestCase("35d", "35d")]
    [TestCase("P1DT6H30M", "1d 6h")]
    [TestCase("P35DT3S", "35d 3s", Description = "24 hours and a bit must not read as 24 hours")]
    [TestCase("PT1H59S", "1h 59s")]
    public void A_duration_is_written_in_the_two_largest_units(string given, string written)
    {
        Assert.That(Durations.TryParse(given, out var duration), Is.True);
        Assert.That(Durations.Format(duration), Is.EqualTo(written));
    }

    [Test]
    public void A_negative_duration_is_written_with_its_sign() =>
        Assert.That(Durations.Format(TimeSpan.FromMinutes(-90)), Is.EqualTo("-1h 30m"));

    [Test]
    public void Every_duration_survives_its_iso_form() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), milliseconds =>
            Durations.TryParse(Durations.ToIso(TimeSpan.FromMilliseconds(milliseconds)), out var read) && read == TimeSpan.FromMilliseconds(milliseconds)).Hold();
}
