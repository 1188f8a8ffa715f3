using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>Colours for a terminal, or none.</summary>
internal sealed class Ink(bool colour)
{
    private const string Red = "31";
    private const string Yellow = "33";

    public string Bold(string text) => Paint(text, "1");

    public string Dim(string text) => Paint(text, "2");

    public string Of(Verdict verdict, string text) => Paint(text, verdict switch
    {
        Verdict.Fail => Red,
        Verdict.Unknown => Yellow,
        Verdict.Waived => "36",
        Verdict.Pass => "32",
        _ => "2",
    });

    public string Of(Severity severity, string text) => Paint(text, severity switch
    {
        Severity.Critical => "1;31",
        Severity.High => Red,
        Severity.Medium => Yellow,
        _ => "2",
    });

    private string Paint(string text, string code) => colour ? $"\e[{code}m{text}\e[0m" : text;
}
