using System.Globalization;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>A report for a tired person: what fails first, what was read, what was required, what to do.</summary>
public sealed class TextReport
{
    /// <summary>Resources shown per policy; the rest is counted.</summary>
    private const int ShownPerPolicy = 20;

    private readonly Report _report;
    private readonly TextWriter _out;
    private readonly Ink _ink;

    private TextReport(Report report, TextWriter output, Ink ink)
    {
        _report = report;
        _out = output;
        _ink = ink;
    }

    public static void Write(Report report, TextWriter output, bool colour)
    {
        var text = new TextReport(report, output, new Ink(colour));
        text.WriteChanges();
        text.WriteFailing();
        text.WriteUnknown();
        text.WriteWaived();
        text.WriteReportMode();
        text.WriteTargets();
        text.WriteNotices();
        text.WriteTotals();
    }

    private IEnumerable<Finding> Alerting(Verdict verdict) => _report.Findings.Where(f => f.Verdict == verdict && f.Policy.Mode == PolicyMode.Alert);

    private void WriteChanges()
    {
        if (_report.Drift.IsEmpty)
            return;
        Line(_ink.Bold("CHANGED SINCE THE LAST SCAN"));
        ChangesText.Write(_report.Drift, _out, _ink);
        Line("");
    }

    private void WriteFailing()
    {
        foreach (var group in Alerting(Verdict.Fail).GroupBy(f => f.Policy))
        {
            var severity = group.Key.Severity;
            Line($"{_ink.Of(Verdict.Fail, "FAIL")}  {_ink.Of(severity, severity.Word().PadRight(8))}  {_ink.Bold(group.Key.Id)}");
            Line($"      {Printable.Of(group.Key.Title)}");
            Line($"      {_ink.Dim(Printable.Flat(group.Key.Because))}");
            foreach (var finding in group.Take(ShownPerPolicy))
            {
                Line($"  {_ink.Of(Verdict.Fail, "x")} {Where(finding)}");
                Line($"      {Printable.Of(finding.Message)}");
                Line($"      {_ink.Dim("fix:")} {Printable.Flat(finding.Fix)}");
            }

            if (group.Count() > ShownPerPolicy)
                Line(Count($"      and {group.Count() - ShownPerPolicy} more; --format json lists them all"));
            Line("");
        }
    }

    // By cause, not by policy: one denied action makes many verdicts unknown, and is one thing to mend.
    private void WriteUnknown()
    {
        var causes = Alerting(Verdict.Unknown)
            .SelectMany(f => f.Readings.Select(r => r.NotRead).OfType<NotRead>().DistinctBy(n => (n.Operation, n.Code)).Select(n => (Cause: n, Finding: f)))
            .GroupBy(pair => (pair.Cause.Operation, pair.Cause.Code))
            .OrderBy(g => g.Key.Operation, StringComparer.Ordinal).ThenBy(g => g.Key.Code, StringComparer.Ordinal);
        foreach (var cause in causes)
        {
            Line($"{_ink.Of(Verdict.Unknown, "UNKNOWN")}  {_ink.Bold($"{cause.Key.Operation}: {Printable.Of(cause.Key.Code)}")}");
            Line($"      {Printable.Of(cause.First().Cause.Reason)}");
            var resources = cause.Select(pair => pair.Finding.Resource).Distinct().OrderBy(r => r.Arn, StringComparer.Ordinal).ToList();
            foreach (var resource in resources.Take(ShownPerPolicy))
                Line($"  {_ink.Of(Verdict.Unknown, "?")} {Printable.Of(resource.Name)}  {_ink.Dim(resource.Target.Region)}");
            if (resources.Count > ShownPerPolicy)
                Line(Count($"      and {resources.Count - ShownPerPolicy} more"));
            Line($"      undecided: {string.Join(", ", cause.Select(pair => pair.Finding.Policy.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}");
            Line("");
        }
    }

    private void WriteWaived()
    {
        var waived = Alerting(Verdict.Waived).ToList();
        if (waived.Count == 0)
            return;
        Line(_ink.Of(Verdict.Waived, "WAIVED"));
        foreach (var finding in waived)
        {
            var waiver = finding.Waiver!;
            Line($"  ~ {Where(finding)}  {finding.Policy.Id}");
            Line($"      {Printable.Flat(waiver.Because)}");
            Line($"      {_ink.Dim("owner:")} {Printable.Of(waiver.Owner)}  {_ink.Dim("expires:")} {Instants.Format(waiver.Expires)}{(waiver.Ticket is { } ticket ? $"  {_ink.Dim("ticket:")} {Printable.Of(ticket)}" : "")}");
        }

        Line("");
    }

    private void WriteReportMode()
    {
        var groups = _report.Findings.Where(f => f.Policy.Mode == PolicyMode.Report).GroupBy(f => f.Policy).OrderBy(g => g.Key.Id, StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
            return;
        Line(_ink.Bold("REPORT ONLY") + _ink.Dim("  never alerts, never fails a run"));
        foreach (var group in groups)
        {
            var tally = Tally.Of(group);
            Line($"    {group.Key.Id}: {Count($"{tally.Fail} fail, {tally.Unknown} unknown, {tally.Pass} pass, {tally.NotApplicable} not applicable{(tally.Waived > 0 ? $", {tally.Waived} waived" : "")}")}");
        }

        Line("");
    }

    private void WriteTargets()
    {
        foreach (var listing in _report.Listings.Where(l => !l.Complete))
            Line($"{_ink.Of(Verdict.Unknown, "NOT LISTED")}  {listing.Kind} in {listing.Target}: {Printable.Of(listing.Problem ?? "")}");
        if (_report.Listings.Any(l => !l.Complete))
            Line("");
    }

    private void WriteNotices()
    {
        foreach (var notice in _report.Notices)
            Line($"note: {Printable.Of(notice)}");
        foreach (var outside in _report.OutOfScope)
            Line(Count($"note: {outside.Count} of {outside.Kind} in {outside.Target}, a region that is not scanned"));
        if (_report.Notices.Length + _report.OutOfScope.Length > 0)
            Line("");
    }

    private void WriteTotals()
    {
        var tally = _report.Alert;
        var bySeverity = Enum.GetValues<Severity>()
            .Where(s => tally.FailBySeverity[(int)s] > 0)
            .Select(s => Count($"{tally.FailBySeverity[(int)s]} {s.Word()}"));
        var fail = Count($"{tally.Fail} fail") + (tally.Fail > 0 ? $" ({string.Join(", ", bySeverity)})" : "");
        Line($"{_ink.Of(tally.Fail > 0 ? Verdict.Fail : _report.Complete ? Verdict.Pass : Verdict.Unknown, fail)}, {Count($"{tally.Unknown} unknown, {tally.Waived} waived, {tally.Pass} pass, {tally.NotApplicable} not applicable")}");

        var targets = _report.Listings.Select(l => l.Target).Distinct().Count();
        var calls = _report.ApiCalls.Sum(c => c.Count);
        var seconds = (_report.FinishedAt - _report.StartedAt).TotalSeconds;
        Line(_ink.Dim(Count($"{Printable.Count(_report.Resources, "resource")}, {Printable.Count(_report.Applied.Length, "policy")}, {Printable.Count(targets, "target")}, {Printable.Count(calls, "API call")}, {seconds:0.0} s; scan {_report.ScanId}")));
        if (!_report.Complete)
            Line(_ink.Of(Verdict.Unknown, "This scan is incomplete: what is not named here is not proved to be well."));
    }

    private string Where(Finding finding) =>
        $"{_ink.Bold(Printable.Of(finding.Resource.Name))}  {_ink.Dim($"{finding.Resource.Target.Region} {finding.Resource.Target.Account}")}";

    private static string Count(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Line(string text) => _out.Write(text + "\n");
}
