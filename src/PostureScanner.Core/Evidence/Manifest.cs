using System.Collections.Immutable;
using System.Globalization;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Evidence;

/// <summary>What a package holds and how it came about. It names no other package: the chain does that.</summary>
/// <param name="Verdicts">How the alert-mode findings came out, so that a history need not read them.</param>
/// <param name="Callers">As whom each account was read.</param>
/// <param name="Listings">How much each listing named, and by which requests: the completeness of the population.</param>
/// <param name="AppliedToNothing">Policies that were loaded and applied to no resource.</param>
/// <param name="ClockSkew">How far the scanner's clock was ahead of the cloud's; null where it was not measured.</param>
/// <param name="Files">In the order of their names.</param>
public sealed record Manifest(
    string ScanId,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    string ToolVersion,
    string PolicyDigest,
    bool Complete,
    VerdictCounts Verdicts,
    ImmutableArray<Caller> Callers,
    ImmutableArray<Listing> Listings,
    ImmutableArray<OutOfScope> OutOfScope,
    ImmutableArray<(string Operation, int Count)> ApiCalls,
    ImmutableArray<string> AppliedToNothing,
    TimeSpan? ClockSkew,
    ImmutableArray<FileEntry> Files)
{
    public const string FileName = "manifest.json";

    public const string Root = "scans/";

    /// <summary>Where the package stands below the root of all evidence: <c>scans/YYYY/MM/DD/&lt;UTC time&gt;-&lt;scan id&gt;/</c>.</summary>
    public string Folder => string.Create(CultureInfo.InvariantCulture, $"{Root}{StartedAt.UtcDateTime:yyyy'/'MM'/'dd'/'yyyyMMdd'T'HHmmss'Z'}-{ScanId}/");

    public string Path => Folder + FileName;

    public FileEntry? File(string name) => Files.FirstOrDefault(f => f.Name == name);
}

/// <summary>How often the verdicts were given by which people are judged.</summary>
public sealed record VerdictCounts(int Pass, int Fail, int Unknown);
