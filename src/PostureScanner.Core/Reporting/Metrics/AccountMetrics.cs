using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>The few numbers that each account has for itself, an account that could not be entered included.</summary>
internal static class AccountMetrics
{
    /// <param name="alerting">The findings of policies in alert mode.</param>
    public static IEnumerable<Metric> Of(Report report, IReadOnlyList<Finding> alerting, RunOutcome outcome, Meter meter)
    {
        var findings = alerting.ToLookup(f => f.Resource.Target.Account, StringComparer.Ordinal);
        var accounts = report.Listings.ToLookup(l => l.Target.Account, StringComparer.Ordinal);
        return accounts.SelectMany(account => Of(account.Key, account.All(l => l.Complete) && outcome.IsSaved, Tally.Of(findings[account.Key]), meter));
    }

    private static IEnumerable<Metric> Of(string account, bool isCompleted, Tally tally, Meter meter) =>
    [
        meter.Switch("ScanCompleted", isCompleted, ("Account", account)),
        meter.Count(
            "Findings",
            tally.FailBySeverity[(int)Severity.Critical],
            ("Account", account),
            ("Verdict", Verdict.Fail.Word()),
            ("Severity", Severity.Critical.Word())),
        meter.Count("Findings", tally.Unknown, ("Account", account), ("Verdict", Verdict.Unknown.Word())),
        .. meter.Compliance(tally, ("Account", account)),
    ];
}
