namespace PostureScanner.Lambda;

/// <summary>How an invocation's time is divided, so that what was read is judged, kept, told and answered before Lambda ends it.</summary>
internal static class TimeLeft
{
    // A cold start's first writes, and its first answer, take some time however little there is.
    private static readonly Reserve ForTheEnd = new(0.15, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));
    private static readonly Reserve ForTheAnswer = new(0.03, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2));

    /// <summary>All but 15 % of the time there is, or all but a minute of a long time, or all but half a second of a short one, or half.</summary>
    /// <param name="remaining">Until Lambda's deadline.</param>
    /// <param name="limit">What the settings allow.</param>
    public static TimeSpan ForReading(TimeSpan remaining, TimeSpan limit)
    {
        var left = Without(ForTheEnd, remaining);
        return left < limit ? left : limit;
    }

    /// <summary>All but 3 % of the time there is, or all but two seconds of a long time, or all but 0.3 s of a short one, or half: the answer still has to be given.</summary>
    /// <param name="remaining">Until Lambda's deadline.</param>
    public static TimeSpan ForEverything(TimeSpan remaining) => Without(ForTheAnswer, remaining);

    private static TimeSpan Without(Reserve reserve, TimeSpan remaining)
    {
        if (remaining <= TimeSpan.Zero)
            return TimeSpan.Zero;
        var ticks = Math.Clamp((remaining * reserve.Share).Ticks, reserve.Shortest.Ticks, reserve.Longest.Ticks);
        return remaining - TimeSpan.FromTicks(Math.Min(ticks, remaining.Ticks / 2));
    }

    private sealed record Reserve(double Share, TimeSpan Shortest, TimeSpan Longest);
}
