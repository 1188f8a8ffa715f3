using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>Everything one scan found, as an immutable value: every output is written from it and from nothing else.</summary>
/// <param name="Complete">Every target was listed to its end, and the time sufficed to read what was listed.</param>
/// <param name="Applied">Each loaded policy and the number of resources it applied to, in the order of ids.</param>
/// <param name="Findings">Every verdict, <c>pass</c> included, in <see cref="FindingOrder"/>.</param>
/// <param name="Notices">What was skipped or looks mistaken, with the reason, as sentences.</param>
public sealed record Report(
    string ScanId,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    string ToolVersion,
    string PolicyDigest,
    bool Complete,
    ImmutableArray<Listing> Listings,
    ImmutableArray<OutOfScope> OutOfScope,
    ImmutableArray<(string Operation, int Count)> ApiCalls,
    ImmutableArray<(Policy Policy, int Applied)> Applied,
    ImmutableArray<Finding> Findings,
    ImmutableArray<string> Notices,
    ImmutableArray<Change> Drift)
{
    /// <summary>How many of the requests were throttled.</summary>
    public int ApiThrottles { get; init; }

    /// <summary>What drift looks at beside the findings, by ARN.</summary>
    public ImmutableSortedDictionary<string, ResourceReading> Readings { get; init; } = ImmutableSortedDictionary<string, ResourceReading>.Empty;

    /// <summary>What the next scan will be compared with; null where nothing was compared.</summary>
    public Snapshot? State { get; init; }

    /// <summary>As whom each account was read.</summary>
    public ImmutableArray<Caller> Callers { get; init; } = [];

    /// <summary>How far the scanner's clock was ahead of the cloud's; null where that was not measured.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>What somebody is to be told of this scan.</summary>
    public ImmutableArray<Alert> Alerts { get; init; } = [];

    /// <summary>Since when a finding has had its verdict; without a state, on or before this scan.</summary>
    public DateTimeOffset Since(Finding finding) =>
        State?.Resources.GetValueOrDefault(finding.Resource.Arn)?.Findings.GetValueOrDefault(finding.Policy.Id)?.Since ?? StartedAt;

    /// <summary>The same report with what changed since the last scan.</summary>
    /// <param name="before">The last scan's state; null where there was none.</param>
    public Report ComparedWith(Snapshot? before, PolicySet policies, Vocabulary vocabulary, DriftRules rules)
    {
        var result = DriftEngine.Compare(before, new Observation(ScanId, StartedAt, policies, Listings, Findings, Readings), vocabulary, rules);
        return this with { Drift = result.Changes, Alerts = result.Alerts, State = result.After };
    }

    public int Resources => Listings.Sum(l => l.Listed);

    /// <summary>Counts over alert-mode policies: what people are judged by.</summary>
    public Tally Alert => Tally.Of(Findings.Where(f => f.Policy.Mode == PolicyMode.Alert));

    /// <summary>Counts over report-mode policies, which never stand in the headline.</summary>
    public Tally ReportMode => Tally.Of(Findings.Where(f => f.Policy.Mode == PolicyMode.Report));

    /// <summary>Whether something at or above a severity got this verdict from an alert-mode policy.</summary>
    public bool Any(Verdict verdict, Severity atLeast) =>
        Findings.Any(f => f.Verdict == verdict && f.Policy.Mode == PolicyMode.Alert && f.Policy.Severity <= atLeast);
}

/// <summary>How often each verdict was given.</summary>
/// <param name="FailBySeverity">Indexed by <see cref="Severity"/>.</param>
public sealed record Tally(int Pass, int Fail, int Unknown, int NotApplicable, int Waived, ImmutableArray<int> FailBySeverity)
{
    internal static Tally Of(IEnumerable<Finding> findings)
    {
        var verdicts = new int[Enum.GetValues<Verdict>().Length];
        var severities = new int[Enum.GetValues<Severity>().Length];
        foreach (var finding in findings)
        {
            verdicts[(int)finding.Verdict]++;
            if (finding.Verdict == Verdict.Fail)
                severities[(int)finding.Policy.Severity]++;
        }

        return new Tally(
            verdicts[(int)Verdict.Pass],
            verdicts[(int)Verdict.Fail],
            verdicts[(int)Verdict.Unknown],
            verdicts[(int)Verdict.NotApplicable],
            verdicts[(int)Verdict.Waived],
            [.. severities]);
    }
}
