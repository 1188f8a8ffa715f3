namespace PostureScanner.Aws.Sources.Probes;

/// <summary>Durations from the whole numbers AWS gives.</summary>
internal static class Spans
{
    /// <summary>S3 takes any 32-bit number of days: what no duration can hold is the longest there is.</summary>
    public static TimeSpan Days(long days) => days < TimeSpan.MaxValue.Days ? TimeSpan.FromDays(days) : TimeSpan.MaxValue;
}
