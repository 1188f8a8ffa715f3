namespace PostureScanner.Lambda;

/// <summary>How an invocation's time is divided, so that what was read is judged, kept, told and answered before Lambda ends it.</summary>
internal static class TimeLeft
{
    private static readonly TimeSpan LongestReserve = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    /// <summary>All but 15 % of the time there is, or all but a minute of a long time.</summary>
    /// <param name="remaining">Until Lambda's deadline.</param>
    public static TimeSpan ForReading(TimeSpan remaining) => Without(0.15, LongestReserve, remaining);

    /// <summary>All but 3 % of the time there is, or all but two seconds of a long time: the answer still has to be given.</summary>
    /// <param name="remaining">Until Lambda's deadline.</param>
    public static TimeSpan ForEverything(TimeSpan remaining) => Without(0.03, LongestAnswer, remaining);

    private static TimeSpan Without(double share, TimeSpan longest, TimeSpan remaining)
    {
        if (remaining <= TimeSpan.Zero)
            return TimeSpan.Zero;
        var reserve = remaining * share;
        return remaining - (reserve < longest ? reserve : longest);
    }
}
