using System.Collections.Immutable;
using Amazon.S3;
using Amazon.S3.Model;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>One way that objects really take: an enabled replication rule that no other overrides.</summary>
/// <param name="Destination">The bucket's name.</param>
/// <param name="OwnerAccount">Set where the rule hands the copies to another owner.</param>
/// <param name="Prefix">Empty where every key is copied.</param>
/// <param name="ByTag">Only objects with certain tags are copied.</param>
internal sealed record ReplicationRoute(
    string Destination, string? OwnerAccount, string Prefix, bool ByTag, int Priority, bool DeleteMarkers, bool KmsObjects, bool TimeControl)
{
    public bool WholeBucket => Prefix.Length == 0 && !ByTag;

    /// <summary>The routes of a configuration; disabled rules copy nothing, and overridden ones decide nothing.</summary>
    public static ImmutableArray<ReplicationRoute> Of(ReplicationConfiguration configuration)
    {
        var enabled = (configuration.Rules ?? []).Where(r => r.Status == ReplicationRuleStatus.Enabled && r.Destination?.BucketArn is not null).Select(Of).ToList();
        return [.. enabled.Where(route => !enabled.Exists(other => other.Overrides(route)))];
    }

    private static ReplicationRoute Of(ReplicationRule rule)
    {
        // The first version of the language has no Filter, and copies users' delete markers without being asked.
        var isFirstVersion = rule.Filter is null && rule.DeleteMarkerReplication is null;
#pragma warning disable CS0618 // Obsolete for writing; rules of the first version have their prefix nowhere else.
        var prefix = rule.Filter?.And?.Prefix ?? rule.Filter?.Prefix ?? rule.Prefix ?? "";
#pragma warning restore CS0618
        return new ReplicationRoute(
            rule.Destination.BucketArn[(rule.Destination.BucketArn.LastIndexOf(':') + 1)..],
            string.IsNullOrEmpty(rule.Destination.AccountId) ? null : rule.Destination.AccountId,
            prefix,
            rule.Filter?.Tag is not null || rule.Filter?.And?.Tags is { Count: > 0 },
            rule.Priority ?? 0,
            isFirstVersion || rule.DeleteMarkerReplication?.Status == DeleteMarkerReplicationStatus.Enabled,
            rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.SseKmsEncryptedObjectsStatus == SseKmsEncryptedObjectsStatus.Enabled,
            rule.Destination.ReplicationTime?.Status == ReplicationTimeStatus.Enabled);
    }

    // Where two rules to the same bucket match an object, the one with the higher priority is applied.
    private bool Overrides(ReplicationRoute other) =>
        Destination == other.Destination && Priority > other.Priority && !ByTag && other.Prefix.StartsWith(Prefix, StringComparison.Ordinal);
}

/// <summary>All routes out of one bucket; none where replication is not configured.</summary>
internal sealed record Replication(ImmutableArray<ReplicationRoute> Routes)
{
    public static readonly Replication None = new([]);
}
