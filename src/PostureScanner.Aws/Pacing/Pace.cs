namespace PostureScanner.Aws.Pacing;

/// <summary>How much of the customer's API quota a scan may take.</summary>
public enum Pace
{
    /// <summary>At most 80 % of AWS's documented rates.</summary>
    Documented,

    /// <summary>All of AWS's documented rates.</summary>
    Full,

    /// <summary>No pacing at all, until AWS throttles.</summary>
    Off,
}
