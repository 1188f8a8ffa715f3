using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>What the next scan is compared with. It remembers through unknown scans what was last decided and last read.</summary>
/// <param name="Policies">By id.</param>
/// <param name="WaiversDigest">The digest of the waivers, all together.</param>
/// <param name="Resources">By ARN.</param>
public sealed record Snapshot(
    string ScanId,
    DateTimeOffset StartedAt,
    ImmutableSortedDictionary<string, PolicyState> Policies,
    string WaiversDigest,
    ImmutableArray<TargetState> Targets,
    ImmutableSortedDictionary<string, ResourceState> Resources)
{
    /// <summary>The moment a schedule ran the scan for, however late it came; null where none did. A schedule may ring twice for one moment.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>What is yet to be told, oldest first.</summary>
    public ImmutableArray<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>Who has been served, and when last: a run without them must not swallow what is theirs.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Sinks { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;
}

/// <summary>A policy as it was when the scan judged by it.</summary>
/// <param name="Digest">SHA-256 of its text.</param>
public sealed record PolicyState(string Digest, Severity Severity, PolicyMode Mode)
{
    /// <summary>By id.</summary>
    public static ImmutableSortedDictionary<string, PolicyState> Of(PolicySet set) =>
        set.Policies.ToImmutableSortedDictionary(p => p.Id, p => new PolicyState(Hash(p.Source), p.Severity, p.Mode), StringComparer.Ordinal);

    /// <summary>SHA-256 of all waivers together.</summary>
    public static string WaiversDigest(PolicySet set) => Hash(string.Concat(set.WaiverSources.Select(w => w.Source)));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A target and kind that has been listed to its end at least once.</summary>
/// <param name="Lost">The last scan could not list it.</param>
public sealed record TargetState(Target Target, string Kind, bool Lost);

/// <summary>A resource as it was last seen.</summary>
/// <param name="FirstSeen">The start of the scan that found it first; null where the first scan of its target did, so that its age is not known.</param>
/// <param name="Facts">The facts that drift looks at, as last read; null is "not configured".</param>
/// <param name="Findings">By policy id.</param>
public sealed record ResourceState(
    Resource Resource,
    DateTimeOffset? FirstSeen,
    ImmutableSortedDictionary<string, FactValue?> Facts,
    ImmutableSortedDictionary<string, FindingState> Findings);

/// <summary>What a policy last said of a resource.</summary>
/// <param name="Decided">The last verdict that was not unknown; null where none ever was.</param>
/// <param name="Since">The start of the scan that decided it first.</param>
/// <param name="UnknownScans">How many scans in a row have been unknown since.</param>
/// <param name="Held">A failure whose alert waits until the resource is older than the grace.</param>
/// <param name="Turns">When the verdict changed in the last 24 hours, for flapping.</param>
/// <param name="Flapping">Said to flap, and not settled since.</param>
/// <param name="Told">When somebody was last told that it fails; kept of critical findings only, for reminders.</param>
public sealed record FindingState(
    Verdict? Decided, DateTimeOffset Since, int UnknownScans, bool Held, ImmutableArray<DateTimeOffset> Turns, bool Flapping, DateTimeOffset? Told = null)
{
    /// <summary>The verdict the last scan gave.</summary>
    public Verdict Last => UnknownScans > 0 || Decided is null ? Verdict.Unknown : Decided.Value;
}
