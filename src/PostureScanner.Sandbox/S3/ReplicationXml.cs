using System.Globalization;
using System.Xml.Linq;
using PostureScanner.Sandbox.Founding;

namespace PostureScanner.Sandbox.S3;

internal static class ReplicationXml
{
    private const int TimeControlMinutes = 15;

    public static XElement? Of(Estate estate, Bucket bucket, IReadOnlyList<ReplicationRuleSpec> rules) => rules.Count == 0 ? null : Xml.Of(
        "ReplicationConfiguration",
        Xml.Of("Role", $"arn:aws:iam::{bucket.Account}:role/replication-{bucket.Name}"),
        rules.Select((rule, index) => Rule(estate, bucket, rule, index + 1)));

    private static XElement Rule(Estate estate, Bucket bucket, ReplicationRuleSpec rule, int number) => Xml.Of(
        "Rule",
        Xml.Of("ID", rule.Id ?? string.Create(CultureInfo.InvariantCulture, $"rule-{number}")),
        rule.Version == 1 ? Xml.Of("Prefix", rule.Prefix ?? "") : Xml.Of("Priority", rule.Priority ?? number),
        rule.Version == 1 ? null : Xml.Of("Filter", Filter(rule)),
        Xml.Of("Status", OnOff(rule.Enabled)),
        rule.KmsObjects is { } kms ? Xml.Of("SourceSelectionCriteria", Xml.Of("SseKmsEncryptedObjects", Xml.Of("Status", OnOff(kms)))) : null,
        Destination(estate, bucket, rule),
        rule.Version == 1 ? null : Xml.Of("DeleteMarkerReplication", Xml.Of("Status", OnOff(rule.DeleteMarkers))));

    /// <summary>A filter of more than one part stands in an And; an empty one covers the bucket.</summary>
    private static object Filter(ReplicationRuleSpec rule)
    {
        var parts = (rule.Tags ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => Xml.Of("Tag", Xml.Of("Key", tag.Key), Xml.Of("Value", tag.Value)))
            .ToList();
        if (rule.Prefix is not null || parts.Count == 0)
            parts.Insert(0, Xml.Of("Prefix", rule.Prefix ?? ""));
        return parts.Count == 1 ? parts[0] : Xml.Of("And", parts);
    }

    private static XElement Destination(Estate estate, Bucket bucket, ReplicationRuleSpec rule) => Xml.Of(
        "Destination",
        Xml.Of("Bucket", $"arn:aws:s3:::{rule.To}"),
        Xml.OfAny("Account", rule.Account),
        Xml.OfAny("StorageClass", rule.StorageClass),
        rule.ReplicaKey is null ? null : Xml.Of("EncryptionConfiguration", Xml.Of("ReplicaKmsKeyID", ReplicaKey(estate, bucket, rule))),
        rule.TimeControl ? Xml.Of("ReplicationTime", Xml.Of("Status", "Enabled"), Xml.Of("Time", Xml.Of("Minutes", TimeControlMinutes))) : null,
        rule.TimeControl ? Xml.Of("Metrics", Xml.Of("Status", "Enabled"), Xml.Of("EventThreshold", Xml.Of("Minutes", TimeControlMinutes))) : null,
        rule.Metrics && !rule.TimeControl ? Xml.Of("Metrics", Xml.Of("Status", "Enabled")) : null);

    /// <summary>A replica's key stands in the destination's region; a destination that is not there yet leaves only ARNs.</summary>
    private static string ReplicaKey(Estate estate, Bucket bucket, ReplicationRuleSpec rule) =>
        estate.World.Buckets.GetValueOrDefault(rule.To) is { } destination
            ? Keyring.ArnOf(estate.World, destination.Account, destination.Region, rule.ReplicaKey!)
            : Keyring.ArnOf(estate.World, bucket.Account, bucket.Region, rule.ReplicaKey!);

    private static string OnOff(bool on) => on ? "Enabled" : "Disabled";
}
