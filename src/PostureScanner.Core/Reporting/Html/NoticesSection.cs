namespace PostureScanner.Core.Reporting.Html;

/// <summary>What was skipped or looks mistaken, with the reason.</summary>
internal static class NoticesSection
{
    public static void Write(Page page, Report report)
    {
        if (report.Notices.IsEmpty)
            return;
        page.Write($"<section aria-labelledby=\"notices\">\n<h2 id=\"notices\">Notices</h2>\n<ul class=\"notices\">\n");
        foreach (var notice in report.Notices)
            page.Write($"<li>{notice}</li>\n");
        page.Write($"</ul>\n</section>\n");
    }
}
