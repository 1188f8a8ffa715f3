using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>How a reader who trusts nobody can check what this page says.</summary>
internal static class EvidenceSection
{
    public static void Write(Page page, Report report, EvidenceNote? evidence)
    {
        page.Write($"<section aria-labelledby=\"evidence\">\n<h2 id=\"evidence\">How to verify this evidence</h2>\n");
        if (evidence is null)
            page.Write($"<p>This page stands alone: no evidence package was written with it, so nothing proves that it is as the scanner wrote it. What it says was read between <code>{Instants.Format(report.StartedAt)}</code> and <code>{Instants.Format(report.FinishedAt)}</code>; every fact names the call it came from, and can be asked again.</p>\n");
        else
            WriteNote(page, evidence);
        page.Write($"</section>\n");
    }

    private static void WriteNote(Page page, EvidenceNote evidence)
    {
        page.Write($"""
            <p>This page is for reading. The proof is the evidence package: it holds every fact, every policy and every finding of the scan, and a chain of hashes that shows whether anything was changed afterwards.</p>
            <dl class="about"><div><dt>Package</dt><dd><code>{evidence.Package}</code></dd></div>
            """);
        if (evidence.HeadBefore is { } head)
            page.Write($"<div><dt>Head of the chain before this scan</dt><dd><code>{head}</code></dd></div>");
        page.Write($"""
            </dl>
            <p>Every scan logs the head of the chain, and every alert carries it: compare one that was kept elsewhere with what this prints.</p>
            <pre><code>
            """);
        foreach (var command in evidence.VerifyCommands)
            page.Write($"{command}\n");
        page.Write($"</code></pre>\n");
    }
}
