namespace PostureScanner.Core.Policies;

/// <summary>How bad a failing finding is; worst first, so that sorting by it puts the worst on top.</summary>
public enum Severity
{
    Critical,
    High,
    Medium,
    Low,
}

/// <summary>Whether a policy's findings alert, or only stand in reports, metrics and evidence.</summary>
public enum PolicyMode
{
    Alert,
    Report,
}

/// <summary>What a policy says of a resource; in the order findings are reported.</summary>
public enum Verdict
{
    Fail,
    Unknown,
    Waived,
    Pass,
    NotApplicable,
}

/// <summary>The words of the contract for severities, modes and verdicts.</summary>
public static class Words
{
    public static readonly IReadOnlyDictionary<string, Severity> Severities = ByWord<Severity>();

    public static readonly IReadOnlyDictionary<string, PolicyMode> Modes = ByWord<PolicyMode>();

    public static readonly IReadOnlyDictionary<string, Verdict> Verdicts = ByWord<Verdict>();

    public static string Word(this Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };

    public static string Word(this PolicyMode mode) => mode == PolicyMode.Alert ? "alert" : "report";

    public static string Word(this Verdict verdict) => verdict switch
    {
        Verdict.Fail => "fail",
        Verdict.Unknown => "unknown",
        Verdict.Waived => "waived",
        Verdict.Pass => "pass",
        _ => "not-applicable",
    };

    private static Dictionary<string, T> ByWord<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(
            value => value switch
            {
                Severity severity => severity.Word(),
                PolicyMode mode => mode.Word(),
                Verdict verdict => verdict.Word(),
                _ => throw new InvalidOperationException($"{typeof(T).Name} has no words."),
            },
            StringComparer.Ordinal);
}
