using System.CommandLine;
using System.CommandLine.Parsing;
using PostureScanner.Aws;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Html;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture evidence export</c>: recorded scans in the forms that other programs read.</summary>
internal static class EvidenceExportCommand
{
    private const string Description = "Writes recorded scans in another form: as CSV or JSON all of a span, in the other forms its newest.";

    private const string More = """
        csv has a line for each finding of each scan; json an array of reports (posture-report/v1). What only the state knew is not in them: 'since' is the scan's own time, 'drift' is empty.

        Examples:
          posture evidence export ./evidence --format csv --from 2026-01-01 --to 2026-04-01 --output quarter.csv
          posture evidence export s3://our-evidence/posture --format html --output latest.html

        Exit codes: 0 written; 2 bad usage; 3 something could not be read or written.
        """;

    private const string Csv = "csv";
    private const string Json = "json";
    private const string Html = "html";

    public static Command Make(Terminal terminal)
    {
        var root = new EvidenceCommand.Root();
        var format = new Option<string>("--format")
        {
            Description = "csv, json, sarif, junit or html.",
            HelpName = "csv|json|sarif|junit|html",
            Required = true,
            CustomParser = result => AwsOptions.Word(result, OutputOptions.Names.Where(f => f != "text").ToDictionary(f => f, f => f, StringComparer.Ordinal))!,
        };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Scans that began then or later: a date or an RFC 3339 time, UTC.", HelpName = "TIME", CustomParser = Moment };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Scans that began before then.", HelpName = "TIME", CustomParser = Moment };
        var output = new Option<string?>("--output") { Description = "The file to write, instead of stdout; it is replaced only when it is whole.", HelpName = "FILE" };
        var command = new HelpfulCommand("export", Description, More) { format, from, to, output };
        root.AddTo(command);
        command.SetAction((parsed, cancelled) => EvidenceCommand.ReadingAsync(terminal, async () =>
        {
            var store = root.Open(parsed, terminal);
            var reports = new RecordedReports(store, AwsComposition.Vocabulary);
            var span = new Span(parsed.GetValue(from), parsed.GetValue(to));
            return await WriteAsync(parsed.GetValue(output), terminal, async writer =>
            {
                var count = await ProgressBar.RunAsync(
                    terminal, "exporting", p => $"exported {p.Asked} scans", progress => ExportAsync(reports, store.Place, span, parsed.GetRequiredValue(format), writer, progress, cancelled));
                return count > 0 ? ExitCode.Nothing : throw new EvidenceException($"{store.Place} holds no scan of that time");
            });
        }));
        return command;
    }

    private static async Task<int> ExportAsync(RecordedReports reports, string place, Span span, string format, TextWriter writer, IProgress<ScanProgress> progress, CancellationToken cancelled)
    {
        var count = 0;
        EvidencePackage? newest = null;
        var history = new Queue<Manifest>();
        if (format == Csv)
            CsvReport.WriteHeader(writer);
        await foreach (var package in reports.PackagesAsync(span.From, span.To, cancelled))
        {
            if (newest is not null)
                history.Enqueue(newest.Manifest);
            if (history.Count > PackageReports.Charted)
                history.Dequeue();
            newest = package;
            progress.Report(new ScanProgress(++count, count));
            if (format == Csv)
            {
                CsvReport.WriteRows(await reports.OfAsync(package, cancelled), writer);
            }
            else if (format == Json)
            {
                var report = await reports.OfAsync(package, cancelled);
                await writer.WriteAsync(count == 1 ? "[\n" : ",\n");
                StreamText.Write(writer, stream => JsonReport.Write(report, stream));
            }
        }

        if (format == Json && count > 0)
            await writer.WriteAsync("]\n");
        else if (format == Html && newest is not null)
            HtmlReport.Write(await reports.OfAsync(newest, cancelled), PackageReports.Settings(place, newest.Manifest.Folder, new EvidenceHistory([.. history], Head: null)), writer);
        else if (format != Csv && newest is not null)
            OutputOptions.Write(format, await reports.OfAsync(newest, cancelled), writer);
        return count;
    }

    private static async Task<int> WriteAsync(string? output, Terminal terminal, Func<TextWriter, Task<int>> write)
    {
        if (output is null)
            return await write(terminal.Out);
        var path = Path.GetFullPath(output, terminal.Folder);
        if (WholeFile.ProblemOf(path) is { } problem)
            throw new SettingsException($"--output {output} {problem}");
        try
        {
            return await WholeFile.WriteAsync(path, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"--output {output} cannot be written: {exception.Message}", exception);
        }
    }

    private static DateTimeOffset? Moment(ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (Instants.TryParse(text, out var moment))
            return moment;
        result.AddError($"'{text}' is no time; write 2026-01-01 or 2026-01-01T08:00:00Z");
        return null;
    }

    private sealed record Span(DateTimeOffset? From, DateTimeOffset? To);
}
