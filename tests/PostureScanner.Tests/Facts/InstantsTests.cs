using PostureScanner.Core.Facts;

namespace PostureScanner.Tests.Facts;

internal sealed class InstantsTests
{
    [TestCase("2026-01-31", "2026-01-31T00:00:00Z")]
    [TestCase("2026-01-31T06:00Z", "2026-01-31T06:00:00Z")]
    [TestCase("2026-01-31T06:00:00Z", "2026-01-31T06:00:00Z")]
    [TestCase("2026-01-31T06:00:00", "2026-01-31T06:00:00Z", Description = "without an offset it is UTC")]
    [TestCase("2026-01-31T06:00:00+02:00", "2026-01-31T04:00:00Z")]
    [TestCase("2026-01-31T06:00:00.25Z", "2026-01-31T06:00:00.250Z")]
    public void A_moment_is_read_and_written_in_utc(string given, string written)
    {
        Assert.That(Instants.TryParse(given, out var instant), Is.True);
        Assert.That(Instants.Format(instant), Is.EqualTo(written));
    }

    [TestCase("")]
    [TestCase("soon")]
    [TestCase("31.01.2026")]
    [TestCase("2026-1-31")]
    [TestCase("2026-02-30")]
    [TestCase("2026-01-31 06:00:00Z")]
    [TestCase("0001-01-01T00:00:00+14:00", Description = "before the first moment there is")]
    [TestCase("9999-12-31T23:59:59-14:00", Description = "after the last")]
    public void Anything_else_is_not_a_moment(string text) =>
        Assert.That(Instants.TryParse(text, out _), Is.False);
}
