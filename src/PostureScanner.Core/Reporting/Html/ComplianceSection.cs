using System.Collections.Immutable;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>How much of what is promised holds: over the last scans, by kind, by policy.</summary>
internal static class ComplianceSection
{
    public static void Write(Page page, Report report, ImmutableArray<PastScan> history)
    {
        var alerting = report.Findings.Where(f => f.Policy.Mode == PolicyMode.Alert).ToList();
        page.Write($"""
            <section aria-labelledby="compliance">
            <h2 id="compliance">Compliance</h2>
            <p class="explain">The share of promises that hold. Unknown lowers it; waived and not applicable do not count.</p>

            """);
        HistoryChart.Write(page, report, history);
        page.Write($"<h3>By kind</h3>\n");
        Table(page, "Kind", alerting.GroupBy(f => f.Policy.Kind, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal), group => page.Write($"<code>{group.Key}</code>"));
        page.Write($"<h3>By policy</h3>\n");
        Policies(page, report, PolicyMode.Alert);
        page.Write($"</section>\n");
    }

    /// <summary>The policies of one mode that applied somewhere, the worst first.</summary>
    public static void Policies(Page page, Report report, PolicyMode mode)
    {
        var groups = report.Findings.Where(f => f.Policy.Mode == mode && f.Verdict != Verdict.NotApplicable).GroupBy(f => f.Policy);
        Table(page, "Policy", groups.OrderBy(g => g.Key.Severity).ThenBy(g => g.Key.Id, StringComparer.Ordinal), group => page.Write($"<span class=\"title\">{group.Key.Title}</span> {group.Key.Severity} <code>{group.Key.Id}</code>"));
        var idle = report.Applied.Where(a => a.Policy.Mode == mode && a.Applied == 0).Select(a => a.Policy.Id).ToList();
        if (idle.Count > 0)
            page.Write($"<p class=\"quiet\">Applied to nothing: {string.Join(", ", idle)}.</p>\n");
    }

    private static void Table<TKey>(Page page, string subject, IEnumerable<IGrouping<TKey, Finding>> groups, Action<IGrouping<TKey, Finding>> heading)
    {
        page.Write($"""
            <div class="scroll"><table class="compliance">
            <thead><tr><th scope="col">{subject}</th><th scope="col" class="share">Holds</th><th scope="col">Pass</th><th scope="col">Fail</th><th scope="col">Unknown</th><th scope="col">Waived</th></tr></thead>
            <tbody>

            """);
        foreach (var group in groups)
        {
            var tally = Tally.Of(group);
            page.Write($"<tr><th scope=\"row\">");
            heading(group);
            page.Write($"</th><td class=\"share\">");
            Bars.Write(page, tally);
            page.Write($"<span class=\"percent\">{Bars.Percent(tally)}</span></td>");
            foreach (var (label, style, count) in new[] { ("pass", "", tally.Pass), ("fail", "fail", tally.Fail), ("unknown", "unknown", tally.Unknown), ("waived", "waived", tally.Waived) })
                page.Write($"<td class=\"number {(count == 0 ? "zero" : style)}\" data-label=\"{label}\">{count}</td>");
            page.Write($"</tr>\n");
        }

        page.Write($"</tbody>\n</table></div>\n");
    }
}
