namespace PostureScanner.Core.Drift;

/// <summary>When a change is worth waking somebody.</summary>
/// <param name="Grace">A resource younger than this is still being set up; its failures are alerted when it is older.</param>
/// <param name="RemindAfter">How long after it was last told a critical finding that still fails is told again.</param>
public sealed record DriftRules(TimeSpan Grace, TimeSpan RemindAfter)
{
    public static readonly DriftRules Default = new(TimeSpan.FromHours(1), TimeSpan.FromHours(24));

    // Hourly scans are never quite an hour apart: a resource that is nearly old enough is.
    private const double GraceShare = 11.0 / 12;

    /// <summary>Whether alerts about a resource of that age wait.</summary>
    public bool IsYoung(TimeSpan age) => age < Grace * GraceShare;

    /// <summary>Unknown scans in a row before somebody is told.</summary>
    public const int UnknownScansBeforeAlert = 2;

    /// <summary>Turns within <see cref="FlappingSpan"/> that make a finding flap.</summary>
    public const int FlappingTurns = 3;

    public static readonly TimeSpan FlappingSpan = TimeSpan.FromHours(24);

    /// <summary>How much later than promised a window may begin before it counts as begun anew: AWS moves its edges in steps.</summary>
    public static readonly TimeSpan WindowSlack = TimeSpan.FromHours(1);
}
