using System.Globalization;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>Shares as bars. A bar is never alone: the numbers stand beside it as text.</summary>
internal static class Bars
{
    /// <summary>How much of what could be judged passes. What is unknown is not a pass.</summary>
    public static string Percent(int pass, int fail, int unknown)
    {
        if (pass + fail + unknown is not (> 0 and var judged))
            return "–";
        // Rounded down: 1,999 of 2,000 is not 100 %.
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000.0 * pass / judged) / 10:0.#} %");
    }

    public static string Percent(Tally tally) => Percent(tally.Pass, tally.Fail, tally.Unknown);

    public static void Write(Page page, Tally tally)
    {
        double judged = Math.Max(1, tally.Pass + tally.Fail + tally.Unknown);
        var (pass, unknown, fail) = (100 * tally.Pass / judged, 100 * tally.Unknown / judged, 100 * tally.Fail / judged);
        page.Write($"""
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="none" width="100" height="10"/><rect class="pass" width="{pass}" height="10"/><rect class="unknown" x="{pass}" width="{unknown}" height="10"/><rect class="fail" x="{pass + unknown}" width="{fail}" height="10"/></svg>
            """);
    }
}
