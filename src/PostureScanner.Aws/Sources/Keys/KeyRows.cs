using Amazon.KeyManagementService.Model;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Keys;

/// <summary>The rows about the key behind a resource's data, the same for every kind that is encrypted.</summary>
internal static class KeyRows
{
    private const string NoKey = "the key is AWS's own, or no longer exists";

    public static IEnumerable<FactRow<TSubject>> Of<TSubject>(Probe<TSubject, DataKey> key, Call setting)
    {
        yield return Row(
            "encryption.key-kind",
            FactType.Text,
            "Whose key encrypts the data: aws-owned, aws-managed or customer-managed.",
            (k, _) => FactValue.Of(k.Kind),
            null,
            Worse.Left("customer-managed"));
        yield return Row(
            "encryption.key-state",
            FactType.Text,
            "The key's state in KMS, or gone; anything but Enabled means that the data cannot be read, now or soon.",
            (k, _) => k.Metadata is { } metadata ? FactValue.Of(metadata.KeyState.Value) : k.IsGone ? FactValue.Of("gone") : null,
            "the key is AWS's own",
            Worse.Left("Enabled"));
        yield return OfKey(
            "encryption.key-deletion-in",
            FactType.Duration,
            "How long until KMS deletes the key, and with it the data.",
            (k, origin) => k.DeletionDate is { } date ? FactValue.Of(new DateTimeOffset(date.ToUniversalTime()) - origin.ObservedAt) : null,
            null);
        yield return OfKey(
            "encryption.key-multi-region",
            FactType.Flag,
            "The key can be replicated into other regions, so that copies there can be read without this one.",
            (k, _) => FactValue.Of(k.MultiRegion is true),
            Worse.False);

        FactRow<TSubject> OfKey(string name, FactType type, string meaning, Func<KeyMetadata, Origin, FactValue?> read, Worse? worse) =>
            Row(name, type, meaning, (k, origin) => k.Metadata is { } metadata ? read(metadata, origin) : null, NoKey, worse);

        FactRow<TSubject> Row(string name, FactType type, string meaning, Func<DataKey, Origin, FactValue?> read, string? whenAbsent, Worse? worse) =>
            new(new Fact(name, type, meaning, [key.Call, setting], whenAbsent, worse), async (reads, _) => (await reads.OfAsync(key)).Select(read), reads => reads.HasAsked(key));
    }
}
