using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>The report as one file for a browser: nothing is fetched, everything can be read without scripts, and on paper.</summary>
public static class HtmlReport
{
    /// <summary>Findings on a page; the rest is counted and pointed to.</summary>
    public const int MostFindings = 2000;

    public static void Write(Report report, HtmlSettings settings, TextWriter output)
    {
        var page = new Page(output);
        WriteHead(page, report);
        HeadlineSection.Write(page, report);
        WriteContents(page, report, settings);
        DriftSection.Write(page, report.Drift);
        ComplianceSection.Write(page, report, settings.History);
        var rows = new Rows(MostFindings);
        FindingsSection.Write(page, report, rows);
        ReportModeSection.Write(page, report, rows);
        WriteLeftOut(page, rows, settings);
        CoverageSection.Write(page, report);
        NoticesSection.Write(page, report);
        EvidenceSection.Write(page, report, settings.Evidence);
        WriteFoot(page, report);
    }

    private static void WriteHead(Page page, Report report)
    {
        var policy = $"default-src 'none'; style-src {Asset.Style.Source}; script-src {Asset.Script.Source}; base-uri 'none'; form-action 'none'";
        page.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>{HeadlineSection.Title(report)} · PostureScanner</title>
            <style>
            """);
        page.Write(Asset.Style);
        page.Write($"""
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the report</a>
            <header class="top">
            <p class="brand">PostureScanner</p>
            <p class="when">Scanned {report.StartedAt} <span class="quiet">scan <code>{report.ScanId}</code></span></p>
            </header>
            <main id="main">

            """);
    }

    private static void WriteContents(Page page, Report report, HtmlSettings settings)
    {
        page.Write($"""<nav class="contents" aria-label="In this report"><ul>""");
        if (!report.Drift.IsEmpty)
            page.Write($"""<li><a href="#changed">What changed</a></li>""");
        page.Write($"""<li><a href="#compliance">Compliance</a></li><li><a href="#findings">Findings</a></li>""");
        if (report.Applied.Any(a => a.Policy.Mode == PolicyMode.Report))
            page.Write($"""<li><a href="#report-only">Report only</a></li>""");
        page.Write($"""<li><a href="#coverage">Coverage</a></li>""");
        if (!report.Notices.IsEmpty)
            page.Write($"""<li><a href="#notices">Notices</a></li>""");
        page.Write($"""<li><a href="#evidence">{(settings.Evidence is null ? "Evidence" : "How to verify this evidence")}</a></li></ul></nav>""");
        page.Write($"\n");
    }

    private static void WriteLeftOut(Page page, Rows rows, HtmlSettings settings)
    {
        if (rows.LeftOut == 0)
            return;
        page.Write($"""
            <p class="left-out">This page shows {MostFindings} findings; {rows.LeftOut} more are not on it. All of them are in the same report as JSON or CSV (<code>--format json</code>, <code>--format csv</code>)
            """);
        if (settings.Evidence is { } evidence)
            page.Write($" and in the evidence package <code>{evidence.Package}</code>");
        page.Write($".</p>\n");
    }

    private static void WriteFoot(Page page, Report report)
    {
        page.Write($"""
            </main>
            <footer>
            <p>PostureScanner {report.ToolVersion}. It reads settings and what the provider says of them; only a rehearsed restore proves a restore.</p>
            <p>Policies <code>{report.PolicyDigest}</code>: two scans with the same digest were judged by the same rules.</p>
            </footer>
            <script>
            """);
        page.Write(Asset.Script);
        page.Write($"</script>\n</body>\n</html>\n");
    }
}
