using System.Collections.Immutable;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Stores;

/// <summary>Opens a store of evidence by its place: a folder, or <c>s3://bucket/prefix</c>.</summary>
public static class EvidenceStores
{
    /// <summary>What the role may have to do in a bucket.</summary>
    public static ImmutableArray<Call> Calls => [S3EvidenceStore.Put, S3EvidenceStore.Get, S3EvidenceStore.List];

    /// <summary>And where a retention is given.</summary>
    public static Call Retain => S3EvidenceStore.Retain;

    /// <param name="folder">What a relative folder is relative to.</param>
    /// <param name="retention">How S3 locks what is written; null for no lock.</param>
    /// <exception cref="SettingsException">The place cannot be one, or cannot hold that retention.</exception>
    public static IEvidenceStore Open(string place, string folder, AwsSettings settings, EvidenceRetention? retention, TimeProvider clock)
    {
        if (retention is { Mode: not ("GOVERNANCE" or "COMPLIANCE") })
            throw new SettingsException($"'{retention.Mode}' is no mode of retention; there are GOVERNANCE and COMPLIANCE");
        if (retention?.Period <= TimeSpan.Zero)
            throw new SettingsException("evidence cannot be retained for no time at all");
        if (S3Place.Of(place) is { } s3)
            return new S3EvidenceStore(StoreBucket.Of(settings, s3.Bucket, "--evidence (POSTURE_EVIDENCE)", clock), s3, retention, clock);
        return retention is null
            ? new FolderEvidenceStore(Path.GetFullPath(place, folder))
            : throw new SettingsException($"'{place}' is a folder, which locks nothing: a retention needs s3://bucket/prefix");
    }
}

/// <summary>For how long S3's Object Lock keeps each piece of evidence from being deleted.</summary>
/// <param name="Mode">GOVERNANCE, which whoever may bypass it can end, or COMPLIANCE, which nobody can.</param>
public sealed record EvidenceRetention(TimeSpan Period, string Mode);
