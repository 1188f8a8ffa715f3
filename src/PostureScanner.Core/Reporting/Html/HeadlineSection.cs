using System.Globalization;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>The answer, in ten seconds: what could not be recovered right now. Green only where that is known.</summary>
internal static class HeadlineSection
{
    public static string Title(Report report)
    {
        var tally = report.Alert;
        return tally switch
        {
            { Fail: > 0 } => $"{Resources(report, Verdict.Fail)} could not be recovered as promised",
            { Unknown: > 0 } => "Not everything is proved to be recoverable",
            _ when !report.Complete => "Not everything was looked at",
            { Pass: 0, Waived: 0 } => "Nothing was checked",
            { Pass: 0 } => "Nothing but accepted exceptions was found",
            _ => "Everything that was checked could be recovered as promised",
        };
    }

    public static void Write(Page page, Report report)
    {
        var tally = report.Alert;
        page.Write($"""
            <section class="headline {Mood(report)}" aria-labelledby="headline">
            <p class="question">If something went wrong right now, could we get our data back?</p>
            <h1 id="headline">{Title(report)}.</h1>

            """);
        foreach (var sentence in Sentences(report))
            page.Write($"<p class=\"lead\">{sentence}</p>\n");
        page.Write($"<dl class=\"tiles\">\n");
        foreach (var severity in Enum.GetValues<Severity>())
            Tile(page, severity.Word(), severity.Word(), tally.FailBySeverity[(int)severity]);
        Tile(page, "unknown", "unknown", tally.Unknown);
        Tile(page, "waived", "waived", tally.Waived);
        Tile(page, "pass", "pass", tally.Pass);
        page.Write($"</dl>\n</section>\n");
    }

    /// <summary>Of the whole page. Good is earned: something was checked, all of it passes or is waived, and nothing was left out.</summary>
    private static string Mood(Report report) => report.Alert switch
    {
        { Fail: > 0 } => "bad",
        { Unknown: 0, Pass: > 0 } when report.Complete => "good",
        _ => "unsure",
    };

    private static IEnumerable<string> Sentences(Report report)
    {
        var tally = report.Alert;
        if (tally.Fail > 0)
        {
            var severities = Enum.GetValues<Severity>().Where(s => tally.FailBySeverity[(int)s] > 0).Select(s => $"{Number(tally.FailBySeverity[(int)s])} {s.Word()}");
            yield return $"{Promises(tally.Fail)} {(tally.Fail == 1 ? "is" : "are")} broken: {string.Join(", ", severities)}.";
        }

        if (tally.Unknown > 0)
            yield return $"{Promises(tally.Unknown)} on {Resources(report, Verdict.Unknown)} could not be checked. Unknown is not a pass.";
        if (!report.Complete)
            yield return "The scan is incomplete: what is not named here is not proved to be well.";
        if (tally is { Fail: 0, Unknown: 0, Pass: > 0 })
            yield return $"{Promises(tally.Pass)} on {Resources(report, Verdict.Pass)} {(tally.Pass == 1 ? "holds" : "hold")}.";
        if (tally.Waived > 0)
            yield return $"{Promises(tally.Waived)} {(tally.Waived == 1 ? "is an accepted exception" : "are accepted exceptions")}, with an owner and a date.";
        if (tally is { Fail: 0, Unknown: 0, Pass: 0, Waived: 0 })
            yield return "No policy that alerts applied to any resource, so nothing is proved.";
    }

    private static void Tile(Page page, string style, string label, int count) =>
        page.Write($"<div class=\"tile {style}{(count == 0 ? " zero" : "")}\"><dt>{label}</dt><dd>{count}</dd></div>\n");

    private static string Promises(int count) => count == 1 ? "1 promise" : $"{Number(count)} promises";

    private static string Resources(Report report, Verdict verdict)
    {
        var count = Alerting(report, verdict).Select(f => f.Resource.Arn).Distinct(StringComparer.Ordinal).Count();
        return count == 1 ? "1 resource" : $"{Number(count)} resources";
    }

    private static IEnumerable<Finding> Alerting(Report report, Verdict verdict) => report.Findings.Where(f => f.Verdict == verdict && f.Policy.Mode == PolicyMode.Alert);

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
