using PostureScanner.Aws.Pacing;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Pacing;

/// <summary>Against rates as AWS has them, in real time.</summary>
internal sealed class ThrottledScanTests : AwsTest
{
    [Test]
    public async Task A_scan_that_AWS_throttles_takes_longer_and_reads_everything_right()
    {
        await using var aws = await StartAsync(tables: 40);
        var scanned = await new Reader(aws.Url, TimeProvider.System).ReadAsync("pitr.enabled", "tags.owner");
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Sheets.Select(s => string.Join(' ', Scanned.Of(s).Values)), Is.EqualTo(Enumerable.Repeat("true team-a", 40)));
            Assert.That(scanned.Calls.Throttled, Is.Positive);
        });
    }

    [TestCase(Pace.Documented)]
    [TestCase(Pace.Full)]
    public async Task A_scan_that_keeps_to_the_documented_rates_is_not_throttled(Pace pace)
    {
        await using var aws = await StartAsync(tables: 15);
        var scanned = await (new Reader(aws.Url, TimeProvider.System) with { Pace = pace }).ReadAsync("pitr.enabled", "tags.owner");
        Assert.That((scanned.Names.Count, scanned.Calls.Throttled), Is.EqualTo((15, 0)));
    }

    private static async Task<SandboxServer> StartAsync(int tables)
    {
        var estate = NewEstate();
        for (var i = 0; i < tables; i++)
            estate.AddTable(new TableSpec($"table-{i}") { Pitr = PitrSpec.On, Tags = Tags(("owner", "team-a")) });
        var aws = await SandboxServer.StartAsync(estate);
        aws.Faults.DocumentedRates();
        return aws;
    }
}
