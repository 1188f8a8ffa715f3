namespace PostureScanner.Lambda;

/// <summary>When reading has to end, so that what was read is judged, kept and told before Lambda ends the invocation.</summary>
internal static class TimeLeft
{
    private static readonly TimeSpan LongestReserve = TimeSpan.FromMinutes(1);

    /// <summary>All but 15 % of the time there is, or all but a minute of a long time.</summary>
    /// <param name="remaining">Until Lambda's deadline.</param>
    public static TimeSpan ForReading(TimeSpan remaining)
    {
        if (remaining <= TimeSpan.Zero)
            return TimeSpan.Zero;
        var reserve = remaining * 0.15;
        return remaining - (reserve < LongestReserve ? reserve : LongestReserve);
    }
}
