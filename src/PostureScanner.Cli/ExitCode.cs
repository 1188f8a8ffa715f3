using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli;

/// <summary>The command line's answer to scripts.</summary>
internal static class ExitCode
{
    public const int Nothing = 0;
    public const int Findings = 1;
    public const int Usage = 2;
    public const int Incomplete = 3;

    /// <summary>Incomplete wins over findings: who acts on findings must know that there may be more.</summary>
    /// <param name="failOn">The mildest severity that counts; null where none does.</param>
    public static int Of(Report report, Severity? failOn)
    {
        if (!report.Complete || (failOn is { } unknownAt && report.Any(Verdict.Unknown, unknownAt)))
            return Incomplete;
        return failOn is { } failAt && report.Any(Verdict.Fail, failAt) ? Findings : Nothing;
    }
}
