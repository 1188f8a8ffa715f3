using System.Collections.Immutable;

namespace PostureScanner.Core.Evidence;

/// <summary>What is to be verified beside what the evidence says of itself.</summary>
/// <param name="Signature">The public key by which every link must be signed; null where signatures are not checked.</param>
/// <param name="Head">A head that was noted elsewhere: the chain must hold it.</param>
/// <param name="Schedule">How often a scan was to be made; null where nobody says.</param>
/// <param name="Until">Up to when scans were to be made; null for the last that was.</param>
public sealed record VerifyOrder(SignatureCheck? Signature = null, ChainHead? Head = null, TimeSpan? Schedule = null, DateTimeOffset? Until = null);

/// <summary>One thing that is not as it was written.</summary>
/// <param name="Path">The file, below the root of all evidence.</param>
public sealed record EvidenceProblem(string Path, string Message);

/// <summary>What a verification found.</summary>
/// <param name="Problems">In the order of paths.</param>
/// <param name="Incomplete">Folders of packages that have no manifest: a scan crashed while it wrote them, and nothing refers to them.</param>
/// <param name="Head">Null where there is no chain.</param>
/// <param name="First">When the oldest scan began.</param>
/// <param name="Last">When the newest scan began.</param>
/// <param name="Signed">How many links have a valid signature of the key that was given.</param>
public sealed record Verification(
    ImmutableArray<EvidenceProblem> Problems, ImmutableArray<string> Incomplete, ImmutableArray<DateTimeOffset> Missing, ChainHead? Head, int Links, int Files, DateTimeOffset? First, DateTimeOffset? Last, int Signed);
