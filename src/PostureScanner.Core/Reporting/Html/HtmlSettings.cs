using System.Collections.Immutable;

namespace PostureScanner.Core.Reporting.Html;

/// <summary>What a page says beside the report, where somebody knows it.</summary>
/// <param name="History">Earlier scans, oldest first; drawn as a chart.</param>
/// <param name="Evidence">Where this scan's evidence lies, and how it is verified.</param>
public sealed record HtmlSettings(ImmutableArray<PastScan> History, EvidenceNote? Evidence)
{
    public static readonly HtmlSettings None = new([], null);
}

/// <summary>An earlier scan in numbers: alert-mode verdicts only.</summary>
public sealed record PastScan(DateTimeOffset StartedAt, string ScanId, int Pass, int Fail, int Unknown, bool Complete);

/// <summary>Where the evidence of a scan lies, so that a reader can check it without us. A page inside a package cannot name its own link: that is made of the page, too.</summary>
/// <param name="Package">The package's folder or address.</param>
/// <param name="HeadBefore">The head the chain had before this scan, as number and SHA-256; null where it is the first, or where nobody knows.</param>
/// <param name="VerifyCommands">Command lines that verify it, to be shown as they are.</param>
public sealed record EvidenceNote(string Package, string? HeadBefore, ImmutableArray<string> VerifyCommands);
