using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>What was looked at, and what was not: the population behind every number on the page.</summary>
internal static class CoverageSection
{
    public static void Write(Page page, Report report)
    {
        page.Write($"""
            <section aria-labelledby="coverage">
            <h2 id="coverage">Coverage</h2>
            <p class="explain">{Printable.Count(report.Resources, "resource")} listed in {Printable.Count(report.Listings.Select(l => l.Target).Distinct().Count(), "target")}, judged by {Printable.Count(report.Applied.Length, "policy")}, in {Durations.Format(report.FinishedAt - report.StartedAt)}.</p>
            <div class="scroll"><table><caption>Targets</caption>
            <thead><tr><th scope="col">Account</th><th scope="col">Region</th><th scope="col">Kind</th><th scope="col">Listed</th><th scope="col">To its end</th></tr></thead>
            <tbody>

            """);
        foreach (var listing in report.Listings)
        {
            page.Write($"<tr><th scope=\"row\">{listing.Target.Account}</th><td>{listing.Target.Region}</td><td><code>{listing.Kind}</code></td><td class=\"number\">{listing.Listed}</td>");
            if (listing.Complete)
                page.Write($"<td><span class=\"badge pass\">complete</span></td></tr>\n");
            else
                page.Write($"<td><span class=\"badge unknown\">not listed</span> {listing.Problem}</td></tr>\n");
        }

        page.Write($"</tbody></table></div>\n");
        WriteOutOfScope(page, report);
        WriteUnread(page, report);
        WriteCalls(page, report);
        page.Write($"</section>\n");
    }

    private static void WriteOutOfScope(Page page, Report report)
    {
        if (report.OutOfScope.IsEmpty)
            return;
        page.Write($"<h3>Out of scope</h3>\n<p class=\"explain\">Seen in regions that are not scanned; nothing is known of them.</p>\n<ul>\n");
        foreach (var outside in report.OutOfScope)
            page.Write($"<li>{outside.Count} of <code>{outside.Kind}</code> in {outside.Target.ToString()}</li>\n");
        page.Write($"</ul>\n");
    }

    private static void WriteUnread(Page page, Report report)
    {
        var causes = report.Findings
            .Where(f => f.Verdict != Verdict.NotApplicable)
            .SelectMany(f => f.Readings.Select(r => r.NotRead).OfType<NotRead>().Select(n => (Cause: n, Finding: f)))
            .GroupBy(pair => (pair.Cause.Operation, pair.Cause.Code))
            .OrderBy(g => g.Key.Operation, StringComparer.Ordinal).ThenBy(g => g.Key.Code, StringComparer.Ordinal)
            .ToList();
        if (causes.Count == 0)
            return;
        page.Write($"""
            <h3>Unread</h3>
            <div class="scroll"><table><caption>Calls that were not answered, by cause</caption>
            <thead><tr><th scope="col">Operation</th><th scope="col">Cause</th><th scope="col">Resources</th><th scope="col">Undecided</th></tr></thead>
            <tbody>

            """);
        foreach (var cause in causes)
            page.Write($"<tr><th scope=\"row\"><code>{cause.Key.Operation}</code></th><td>{cause.Key.Code} <span class=\"quiet\">{cause.First().Cause.Reason}</span></td><td class=\"number\">{Resources(cause.Select(c => c.Finding))}</td><td class=\"number\">{Undecided(cause.Select(c => c.Finding))}</td></tr>\n");
        page.Write($"</tbody></table></div>\n");
    }

    private static int Resources(IEnumerable<Finding> findings) => findings.Select(f => f.Resource.Arn).Distinct(StringComparer.Ordinal).Count();

    private static int Undecided(IEnumerable<Finding> findings) => findings.Where(f => f.Verdict == Verdict.Unknown).Distinct().Count();

    private static void WriteCalls(Page page, Report report)
    {
        page.Write($"""
            <details class="numbers"><summary>{Printable.Count(report.ApiCalls.Sum(c => c.Count), "API call")}, {report.ApiThrottles} throttled</summary>
            <div class="scroll"><table><thead><tr><th scope="col">Operation</th><th scope="col">Requests</th></tr></thead><tbody>

            """);
        foreach (var (operation, count) in report.ApiCalls)
            page.Write($"<tr><th scope=\"row\"><code>{operation}</code></th><td class=\"number\">{count}</td></tr>\n");
        page.Write($"</tbody></table></div></details>\n");
    }
}
