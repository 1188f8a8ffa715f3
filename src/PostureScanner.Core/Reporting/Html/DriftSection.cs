using PostureScanner.Core.Drift;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>What is otherwise than at the scan before.</summary>
internal static class DriftSection
{
    private const int Most = 200;

    public static void Write(Page page, IReadOnlyCollection<Change> changes)
    {
        if (changes.Count == 0)
            return;
        var shown = changes.Where(ChangesText.IsWorthALine).Take(Most).ToList();
        page.Write($"""
            <section aria-labelledby="changed">
            <h2 id="changed">What changed since the last scan</h2>
            <ul class="changes">

            """);
        foreach (var change in shown)
            WriteChange(page, change);
        page.Write($"</ul>\n");
        if (changes.Count > shown.Count)
            page.Write($"<p class=\"quiet\">{Printable.Count(changes.Count - shown.Count, "more change")} {(changes.Count - shown.Count == 1 ? "is" : "are")} in the JSON report: told already, waiting, or too many for a page.</p>\n");
        page.Write($"</section>\n");
    }

    private static void WriteChange(Page page, Change change)
    {
        page.Write($"""<li class="change {change.Kind.Word()}"><p class="line"><span class="word">{change.Kind.Word()}</span> """);
        if (change.Kind is not (ChangeKind.Recovered or ChangeKind.TargetBack or ChangeKind.BecameKnown or ChangeKind.Waived))
            page.Write($"{change.Severity} ");
        page.Write($"<bdi class=\"name\">{change.Resource?.Name ?? change.Target?.ToString() ?? "policies"}</bdi> ");
        if (change.Resource is { } resource)
            page.Write($"<span class=\"where\">{string.Join(", ", change.Regions.IsEmpty ? [resource.Target.Region] : change.Regions)}</span> ");
        page.Write($"<code>{change.PolicyId ?? change.Fact ?? change.ResourceKind}</code>");
        if (change.Before is { } before && change.After is { } after)
            page.Write($" <span class=\"turn\"><bdi>{before}</bdi> <span aria-hidden=\"true\">→</span><span class=\"unseen\">became</span> <bdi>{after}</bdi></span>");
        page.Write($"</p>\n<p class=\"message\">{change.Message}</p></li>\n");
    }
}
