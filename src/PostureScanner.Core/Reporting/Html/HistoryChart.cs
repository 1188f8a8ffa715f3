using System.Collections.Immutable;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>The last scans as stacked columns, and as a table for those who cannot see them.</summary>
internal static class HistoryChart
{
    /// <summary>Two days of hourly scans.</summary>
    private const int Most = 48;

    private const double Width = 960;
    private const double Height = 100;

    public static void Write(Page page, Report report, ImmutableArray<PastScan> history)
    {
        if (history.IsEmpty)
            return;
        var tally = report.Alert;
        var now = new PastScan(report.StartedAt, report.ScanId, tally.Pass, tally.Fail, tally.Unknown, report.Complete);
        var scans = history.Where(s => s.ScanId != now.ScanId).Append(now).OrderBy(s => s.StartedAt).TakeLast(Most).ToList();
        var (first, last) = (Percent(scans[0]), Percent(scans[^1]));
        page.Write($"""
            <figure class="history">
            <figcaption>The last {scans.Count} scans: {first} held at first, {last} hold now.</figcaption>
            <div class="plot"><div class="scale" aria-hidden="true"><span>100 %</span><span>50 %</span><span>0 %</span></div>
            <svg viewBox="0 0 {Width} {Height + 6}" preserveAspectRatio="none" role="img" aria-label="Compliance over the last {scans.Count} scans, from {first} to {last}; the table below has the numbers" focusable="false">
            <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 6 0" class="hatch"/></pattern></defs>
            <path class="grid" d="M0 .5H{Width}M0 {Height / 2}H{Width}M0 {Height}H{Width}"/>

            """);
        for (var i = 0; i < scans.Count; i++)
            Column(page, scans[i], (i + 0.5) * Width / scans.Count, Math.Min(0.86 * Width / scans.Count, 90));
        page.Write($"""
            </svg>
            <p class="ends"><span>{scans[0].StartedAt}</span><span>{scans[^1].StartedAt}</span></p></div>
            <ul class="legend" aria-hidden="true"><li class="pass">pass</li><li class="unknown">unknown</li><li class="fail">fail</li><li class="incomplete">incomplete scan</li></ul>

            """);
        Table(page, scans);
        page.Write($"</figure>\n");
    }

    private static void Column(Page page, PastScan scan, double middle, double width)
    {
        var x = middle - (width / 2);
        double judged = Math.Max(1, scan.Pass + scan.Unknown + scan.Fail);
        var (pass, unknown, fail) = (Height * scan.Pass / judged, Height * scan.Unknown / judged, Height * scan.Fail / judged);
        page.Write($"<g><title>{scan.StartedAt.UtcDateTime.ToString("d MMM HH:mm", null)}: {Percent(scan)}, {scan.Fail} fail, {scan.Unknown} unknown{(scan.Complete ? "" : ", incomplete")}</title>");
        page.Write($"<rect class=\"pass\" x=\"{x}\" y=\"{Height - pass}\" width=\"{width}\" height=\"{pass}\"/>");
        page.Write($"<rect class=\"unknown\" x=\"{x}\" y=\"{fail}\" width=\"{width}\" height=\"{unknown}\"/><rect fill=\"url(#hatch)\" x=\"{x}\" y=\"{fail}\" width=\"{width}\" height=\"{unknown}\"/>");
        page.Write($"<rect class=\"fail\" x=\"{x}\" y=\"0\" width=\"{width}\" height=\"{fail}\"/>");
        if (!scan.Complete)
            page.Write($"<rect class=\"incomplete\" x=\"{x}\" y=\"{Height + 2}\" width=\"{width}\" height=\"4\"/>");
        page.Write($"</g>\n");
    }

    private static void Table(Page page, List<PastScan> scans)
    {
        page.Write($"""
            <details class="numbers"><summary>The numbers</summary>
            <div class="scroll"><table><thead><tr><th scope="col">Scan</th><th scope="col">Holds</th><th scope="col">Pass</th><th scope="col">Fail</th><th scope="col">Unknown</th><th scope="col">Complete</th></tr></thead>
            <tbody>

            """);
        foreach (var scan in Enumerable.Reverse(scans))
            page.Write($"<tr><th scope=\"row\">{scan.StartedAt}</th><td>{Percent(scan)}</td><td>{scan.Pass}</td><td>{scan.Fail}</td><td>{scan.Unknown}</td><td>{(scan.Complete ? "yes" : "no")}</td></tr>\n");
        page.Write($"</tbody></table></div></details>\n");
    }

    private static string Percent(PastScan scan) => Bars.Percent(scan.Pass, scan.Fail, scan.Unknown);
}
