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

/// <summary>Where the evidence of a scan lies, so that a reader can check it without us.</summary>
/// <param name="Package">The package's folder or address.</param>
/// <param name="ChainNumber">The link in the chain that names the package.</param>
/// <param name="HeadSha256">SHA-256 of that link's bytes, in lower-case hex.</param>
/// <param name="VerifyCommands">Command lines that verify it, to be shown as they are.</param>
public sealed record EvidenceNote(string Package, long ChainNumber, string HeadSha256, ImmutableArray<string> VerifyCommands);
