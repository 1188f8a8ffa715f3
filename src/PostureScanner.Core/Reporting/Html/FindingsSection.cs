using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>What fails by policy, what is unknown by cause, what is waived: one thing to mend is one group.</summary>
internal static class FindingsSection
{
    private static readonly NotRead NotAsked = new("", "not asked", "A fact was not asked for.");

    public static void Write(Page page, Report report, Rows rows)
    {
        page.Write($"""
            <section aria-labelledby="findings">
            <h2 id="findings">Findings</h2>

            """);
        WriteFilter(page);
        Failing(page, report, PolicyMode.Alert, rows);
        Unknown(page, report, PolicyMode.Alert, rows);
        Waived(page, report, PolicyMode.Alert, rows);
        if (!report.Findings.Any(f => f.Policy.Mode == PolicyMode.Alert && f.Verdict is Verdict.Fail or Verdict.Unknown or Verdict.Waived))
            page.Write($"<p>Nothing fails, nothing is unknown, nothing is waived.</p>\n");
        page.Write($"</section>\n");
    }

    // Hidden until there is a script to serve it.
    private static void WriteFilter(Page page) => page.Write($"""
        <form id="filter" class="filter" role="search" aria-label="Filter the findings" hidden>
        <label class="wide">Search <input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="name, region, policy, fact …"></label>
        <label>Severity <select id="severity"><option value="">all</option><option>critical</option><option>high</option><option>medium</option><option>low</option></select></label>
        <label>Verdict <select id="verdict"><option value="">all</option><option>fail</option><option>unknown</option><option>waived</option></select></label>
        <button type="reset">Clear</button> <button type="button" id="open" aria-pressed="false">Open all</button>
        <p id="count" role="status" aria-live="polite"></p>
        </form>

        """);

    public static void Failing(Page page, Report report, PolicyMode mode, Rows rows)
    {
        var failing = Of(report, mode, Verdict.Fail);
        if (failing.Count == 0)
            return;
        page.Write($"<section class=\"verdict-group\"><h3>Failing <span class=\"count\">{failing.Count}</span></h3>\n");
        foreach (var group in rows.Take(failing).GroupBy(f => f.Policy))
        {
            page.Write($"""
                <section class="group {group.Key.Severity.Word()}"><header><h4>{group.Key.Title}</h4><p class="line">{group.Key.Severity} <code>{group.Key.Id}</code> <span class="count">{Printable.Count(group.Count(), "resource")}</span></p>
                <p class="because">{Printable.Flat(group.Key.Because)}</p></header>

                """);
            foreach (var finding in group)
                FindingRow.Write(page, finding, report.Since(finding), isPolicySaid: true);
            page.Write($"</section>\n");
        }

        page.Write($"</section>\n");
    }

    // By the first cause, so that each finding stands once; its other causes are among its facts.
    public static void Unknown(Page page, Report report, PolicyMode mode, Rows rows)
    {
        var unknown = Of(report, mode, Verdict.Unknown);
        if (unknown.Count == 0)
            return;
        page.Write($"<section class=\"verdict-group\"><h3>Unknown <span class=\"count\">{unknown.Count}</span></h3>\n");
        foreach (var group in rows.Take(unknown).GroupBy(f => Cause(f) is var c ? (c.Operation, c.Code) : default).OrderBy(g => g.Key.Operation, StringComparer.Ordinal).ThenBy(g => g.Key.Code, StringComparer.Ordinal))
        {
            page.Write($"""
                <section class="group unknown"><header><h4>{group.Key.Operation}{(group.Key.Operation.Length > 0 ? ": " : "")}{group.Key.Code}</h4><p class="line">{Verdict.Unknown} <span class="count">{Printable.Count(group.Count(), "promise")}</span></p>
                <p class="because">{Cause(group.First()).Reason}</p></header>

                """);
            foreach (var finding in group)
                FindingRow.Write(page, finding, report.Since(finding), isPolicySaid: false);
            page.Write($"</section>\n");
        }

        page.Write($"</section>\n");
    }

    public static void Waived(Page page, Report report, PolicyMode mode, Rows rows)
    {
        var waived = Of(report, mode, Verdict.Waived);
        if (waived.Count == 0)
            return;
        page.Write($"""
            <section class="verdict-group"><h3>Waived <span class="count">{waived.Count}</span></h3>
            <section class="group waived"><header><h4>Accepted exceptions</h4><p class="line">{Verdict.Waived} <span class="count">{Printable.Count(waived.Count, "promise")}</span></p>
            <p class="because">For a while, somebody answers for each of these.</p></header>

            """);
        foreach (var finding in rows.Take(waived).OrderBy(f => f.Waiver!.Expires))
            FindingRow.Write(page, finding, report.Since(finding), isPolicySaid: false);
        page.Write($"</section></section>\n");
    }

    private static List<Finding> Of(Report report, PolicyMode mode, Verdict verdict) => [.. report.Findings.Where(f => f.Policy.Mode == mode && f.Verdict == verdict)];

    private static NotRead Cause(Finding finding) =>
        finding.Readings.Select(r => r.NotRead).OfType<NotRead>().OrderBy(n => n.Operation, StringComparer.Ordinal).ThenBy(n => n.Code, StringComparer.Ordinal).FirstOrDefault() ?? NotAsked;
}
