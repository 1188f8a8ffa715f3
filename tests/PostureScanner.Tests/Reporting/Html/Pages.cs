using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Html;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting.Html;

/// <summary>Pages for the tests to look at.</summary>
internal static class Pages
{
    public static readonly HtmlSettings Settings = new(
        [
            new PastScan(Boxes.Now.AddHours(-3), "5ca6", 9, 1, 0, Complete: true),
            new PastScan(Boxes.Now.AddHours(-2), "5ca7", 8, 1, 1, Complete: true),
            new PastScan(Boxes.Now.AddHours(-1), "5ca8", 0, 0, 10, Complete: false),
        ],
        new EvidenceNote("s3://evidence/scans/2026/06/15/120000Z-5ca9", $"42:{new string('a', 64)}", ["posture evidence verify s3://evidence --head 42:aaaa", "posture evidence replay s3://evidence/scans/2026/06/15/120000Z-5ca9"]));

    public static string Everything { get; } = Reports.Everything.Html(Settings);

    public static string AllWell { get; } = Reports.AllWell.Html();

    /// <summary>A report in which as many boxes fail.</summary>
    public static Report Failing(int count) =>
        Reports.Of(Rules.Set(Rules.Policy("box-lid-closed", severity: Severity.Critical)), Enumerable.Range(0, count).Select(i => Boxes.SheetOf(Boxes.Box($"box-{i:0000}"), ("lid.closed", false))));
}
