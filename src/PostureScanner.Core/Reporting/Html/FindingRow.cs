using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>One finding: a line that says what and where, and behind it what to do and what was read.</summary>
internal static class FindingRow
{
    /// <param name="isPolicySaid">The group's heading names the policy already.</param>
    public static void Write(Page page, Finding finding, DateTimeOffset since, bool isPolicySaid)
    {
        var (policy, resource) = (finding.Policy, finding.Resource);
        page.Write($"""
            <details class="finding" data-severity="{policy.Severity.Word()}" data-verdict="{finding.Verdict.Word()}">
            <summary><span class="line"><bdi class="name">{resource.Name}</bdi> <span class="where">{resource.Target.Region} · {resource.Target.Account}</span>
            """);
        if (!isPolicySaid)
            page.Write($" {policy.Severity} <span class=\"title\">{policy.Title}</span>");
        page.Write($"</span>\n<span class=\"message\">{finding.Message}</span>");
        if (finding.Waiver is { } waiver)
            page.Write($"\n<span class=\"waiver\">{Printable.Flat(waiver.Because)} <span class=\"line\"><span>Owner <bdi>{waiver.Owner}</bdi></span> <span>expires {waiver.Expires}</span> <span>{waiver.Ticket}</span></span></span>");
        page.Write($"</summary>\n<div class=\"body\">\n");
        if (finding.Verdict is Verdict.Fail or Verdict.Waived)
            page.Write($"<p class=\"label\">What to do</p>\n<pre class=\"fix\"><code>{Printable.Flat(finding.Fix)}</code></pre>\n");
        WriteFacts(page, finding);
        page.Write($"""
            <dl class="about"><div><dt>Since</dt><dd>{since}</dd></div><div><dt>Policy</dt><dd><code>{policy.Id}</code></dd></div><div><dt>Resource</dt><dd><code>{resource.Arn}</code> ({resource.Kind})</dd></div>
            """);
        if (!policy.Controls.IsEmpty)
            page.Write($"<div><dt>Controls</dt><dd>{string.Join(", ", policy.Controls)}</dd></div>");
        page.Write($"<div><dt>Finding</dt><dd><code>{finding.Id}</code></dd></div></dl>\n</div></details>\n");
    }

    private static void WriteFacts(Page page, Finding finding)
    {
        page.Write($"""
            <table class="facts"><caption>What was read</caption>
            <thead><tr><th scope="col">Fact</th><th scope="col">Value</th><th scope="col">Read by</th></tr></thead>
            <tbody>

            """);
        foreach (var (fact, reading) in ReadingText.FactsOf(finding))
        {
            page.Write($"<tr><th scope=\"row\"><code>{fact.Name}</code></th><td class=\"{State(reading.State)}\"><bdi>{ReadingText.Of(fact, reading)}</bdi>");
            if (reading.Origin?.Note is { } note)
                page.Write($" <span class=\"quiet\">{note}</span>");
            if (reading.NotRead is { } notRead)
                page.Write($" <span class=\"quiet\">{notRead.Reason}</span>");
            page.Write($"</td><td><code>{reading.Origin?.Call ?? fact.Calls[0].Operation}</code>");
            if (reading.Origin is { } origin)
                page.Write($" {origin.ObservedAt}");
            page.Write($"</td></tr>\n");
        }

        page.Write($"</tbody></table>\n");
    }

    private static string State(ReadingState state) => state switch
    {
        ReadingState.Known => "known",
        ReadingState.Absent => "absent",
        _ => "unknown",
    };
}
