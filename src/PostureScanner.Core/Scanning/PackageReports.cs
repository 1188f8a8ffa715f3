using System.Collections.Immutable;
using System.Text;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Html;

namespace PostureScanner.Core.Scanning;

/// <summary>The files of a package that people read.</summary>
public static class PackageReports
{
    /// <summary>Scans on the chart of a page: two days of hourly ones.</summary>
    public const int Charted = 47;

    internal static IEnumerable<(string Name, Action<Stream> Write)> Of(Report report, string place, string folder, EvidenceHistory history) =>
    [
        ("report.json", output => JsonReport.Write(report, output, withPassing: false)),
        ("report.html", output =>
        {
            using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            HtmlReport.Write(report, Settings(place, folder, history), writer);
        }),
    ];

    /// <summary>What a page says beside its report.</summary>
    public static HtmlSettings Settings(string place, string folder, EvidenceHistory history) => new(
        [.. history.Scans.Select(s => new PastScan(s.StartedAt, s.ScanId, s.Verdicts.Pass, s.Verdicts.Fail, s.Verdicts.Unknown, s.Complete))],
        new EvidenceNote($"{place}/{folder}", history.Head?.ToString(), Commands(place, history.Head)));

    private static ImmutableArray<string> Commands(string place, ChainHead? head)
    {
        // What is pasted into a shell must not be able to name a command.
        var root = place.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:".Contains(c, StringComparison.Ordinal)) ? place : $"'{place.Replace("'", @"'\''", StringComparison.Ordinal)}'";
        return [$"posture evidence verify {root}{(head is null ? "" : $" --head {head}")}", $"posture evidence replay {root}"];
    }
}
