using System.Buffers;
using System.Text.RegularExpressions;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>One line per finding for a spreadsheet, by RFC 4180: comma, CRLF, quotes where they are needed.</summary>
public static partial class CsvReport
{
    /// <summary>The columns, in the order of the fields; new ones come last.</summary>
    private static readonly (string Name, Func<Report, Finding, string?> Value)[] Columns =
    [
        ("finding id", (_, f) => f.Id),
        ("policy", (_, f) => f.Policy.Id),
        ("title", (_, f) => f.Policy.Title),
        ("severity", (_, f) => f.Policy.Severity.Word()),
        ("mode", (_, f) => f.Policy.Mode.Word()),
        ("verdict", (_, f) => f.Verdict.Word()),
        ("kind", (_, f) => f.Resource.Kind),
        ("arn", (_, f) => f.Resource.Arn),
        ("name", (_, f) => f.Resource.Name),
        ("account", (_, f) => f.Resource.Target.Account),
        ("region", (_, f) => f.Resource.Target.Region),
        ("message", (_, f) => f.Message),
        ("since", (r, f) => Instants.Format(r.Since(f))),
        ("facts", (_, f) => string.Join("; ", ReadingText.FactsOf(f).Select(p => $"{p.Fact.Name}={ReadingText.Of(p.Fact, p.Reading)}"))),
        ("fix", (_, f) => Printable.Flat(f.Fix)),
        ("controls", (_, f) => string.Join("; ", f.Policy.Controls)),
        ("waiver owner", (_, f) => f.Waiver?.Owner),
        ("waiver expires", (_, f) => f.Waiver is { } waiver ? Instants.Format(waiver.Expires) : null),
        ("observed at", (_, f) => ReadingText.ObservedAt(f) is { } at ? Instants.Format(at) : null),
        ("scan", (r, _) => r.ScanId),
        ("scanned at", (r, _) => Instants.Format(r.StartedAt)),
    ];

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\"\r\n ");

    public static void Write(Report report, TextWriter output)
    {
        WriteHeader(output);
        WriteRows(report, output);
    }

    /// <summary>The names of the columns, once for any number of reports.</summary>
    public static void WriteHeader(TextWriter output)
    {
        // Without the mark Excel takes UTF-8 for the machine's old code page and spoils every tag that is not English.
        output.Write('\uFEFF');
        Line(output, Columns.Select(c => c.Name));
    }

    public static void WriteRows(Report report, TextWriter output)
    {
        foreach (var finding in report.Findings)
            Line(output, Columns.Select(c => Cell(c.Value(report, finding) ?? "")));
    }

    private static void Line(TextWriter output, IEnumerable<string> cells) => output.Write(string.Join(',', cells.Select(Quoted)) + "\r\n");

    /// <summary>Text that a spreadsheet shows and never calculates.</summary>
    // Where the list separator is a semicolon, Excel cuts our lines there too: what follows one begins a cell as well.
    private static string Cell(string text) => Printable.Of(Formula().Replace(text, "${lead}'${start}"));

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(NeedQuotes) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    // Also after blanks and quotes, which spreadsheets strip, and in their full width, which some of them read.
    [GeneratedRegex("""(?<lead>(?:^|;)[\s"']*)(?<start>[=+\-@\t\r＝＋－＠])""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Formula();
}
