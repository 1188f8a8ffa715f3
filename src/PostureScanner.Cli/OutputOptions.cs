using System.CommandLine;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Html;

namespace PostureScanner.Cli;

/// <summary>The options that say in which form a report is written, and where to.</summary>
internal sealed class OutputOptions
{
    private delegate void Format(Report report, TextWriter writer, bool colour);

    private static readonly Dictionary<string, Format?> Formats = new(StringComparer.Ordinal)
    {
        ["text"] = TextReport.Write,
        ["json"] = (report, writer, _) => StreamText.Write(writer, stream => JsonReport.Write(report, stream)),
        ["csv"] = (report, writer, _) => CsvReport.Write(report, writer),
        ["sarif"] = (report, writer, _) => StreamText.Write(writer, stream => SarifReport.Write(report, stream)),
        ["junit"] = (report, writer, _) => StreamText.Write(writer, stream => JUnitReport.Write(report, stream)),
        ["html"] = (report, writer, _) => HtmlReport.Write(report, HtmlSettings.None, writer),
    };

    private readonly Option<Format?> _format = new("--format")
    {
        Description = "text for people, json (posture-report/v1) for programs, csv for spreadsheets, sarif (2.1.0) for tools that gather findings, junit for build servers, html for a browser, in one file. Default: text.",
        HelpName = "text|json|csv|sarif|junit|html",
        CustomParser = result => AwsOptions.Word(result, Formats),
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Writes the report to a file instead of stdout; the file is replaced only when the report is whole, and a pipe or a device is written to.",
        HelpName = "FILE",
    };

    /// <summary>The words for the forms.</summary>
    public static IEnumerable<string> Names => Formats.Keys;

    public static void Write(string format, Report report, TextWriter writer) => Formats[format]!(report, writer, colour: false);

    public void AddTo(Command command)
    {
        command.Options.Add(_format);
        command.Options.Add(_output);
    }

    /// <summary>Whether the report will find a place, asked before the scan and not after an hour of it.</summary>
    public bool IsWritable(ParseResult parsed, Terminal terminal)
    {
        if (Path(parsed, terminal) is not { } path || WholeFile.ProblemOf(path) is not { } problem)
            return true;
        terminal.Error.WriteLine($"posture: --output {parsed.GetValue(_output)} {problem}");
        return false;
    }

    /// <returns>False where the file could not be written: the scan was made, but nobody has its report.</returns>
    public async Task<bool> WriteAsync(Report report, ParseResult parsed, Terminal terminal)
    {
        var path = Path(parsed, terminal);
        try
        {
            if (path is null)
            {
                Chosen(parsed)(report, terminal.Out, terminal.OutColour);
                await terminal.Out.FlushAsync(CancellationToken.None);
                return true;
            }

            return await WholeFile.WriteAsync(path, writer =>
            {
                Chosen(parsed)(report, writer, colour: false);
                return Task.FromResult(true);
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"posture: {(path is null ? "the report" : $"--output {parsed.GetValue(_output)}")} cannot be written: {exception.Message}");
            return false;
        }
    }

    private Format Chosen(ParseResult parsed) => parsed.GetValue(_format) ?? TextReport.Write;

    private string? Path(ParseResult parsed, Terminal terminal) =>
        parsed.GetValue(_output) is { Length: > 0 } path ? System.IO.Path.GetFullPath(path, terminal.Folder) : null;
}
