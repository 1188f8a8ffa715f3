using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>Policies that only report, apart from all that people are judged by.</summary>
internal static class ReportModeSection
{
    public static void Write(Page page, Report report, Rows rows)
    {
        if (report.Applied.All(a => a.Policy.Mode != PolicyMode.Report))
            return;
        page.Write($"""
            <section class="report-only" aria-labelledby="report-only">
            <h2 id="report-only">Report only</h2>
            <p class="explain">These policies never alert, never fail a run, and stand in no number above.</p>

            """);
        ComplianceSection.Policies(page, report, PolicyMode.Report);
        FindingsSection.Failing(page, report, PolicyMode.Report, rows);
        FindingsSection.Unknown(page, report, PolicyMode.Report, rows);
        FindingsSection.Waived(page, report, PolicyMode.Report, rows);
        page.Write($"</section>\n");
    }
}
