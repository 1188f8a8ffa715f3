using System.Diagnostics.CodeAnalysis;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Keys;

/// <summary>What is known of the key that encrypts a resource's data.</summary>
/// <param name="Metadata">Null where the key is AWS's own, or is gone.</param>
internal sealed record DataKey(string Kind, KeyMetadata? Metadata)
{
    private const string AwsManaged = "aws-managed";
    private const string CustomerManaged = "customer-managed";

    /// <summary>KMS does not know the key any more, and nothing it encrypted can be read again.</summary>
    public bool IsGone => Metadata is null && Kind == CustomerManaged;

    /// <summary>A key that a customer made, and that is still there.</summary>
    [MemberNotNullWhen(true, nameof(Metadata))]
    public bool IsCustomers => Metadata is not null && Kind == CustomerManaged;

    public static readonly DataKey AwsOwned = new("aws-owned", null);

    /// <param name="isDefault">The service's own key, <c>alias/aws/…</c>, which exists from its first use on.</param>
    public static Reading<DataKey> Of(Reading<KeyMetadata> reading, bool isDefault) => reading.State switch
    {
        ReadingState.Known => reading.Select((key, _) => new DataKey(key.KeyManager == KeyManagerType.AWS ? AwsManaged : CustomerManaged, key)),
        // A key that KMS does not know any more was a customer's: AWS does not let anyone delete the others.
        ReadingState.Absent => Reading<DataKey>.Known(new DataKey(isDefault ? AwsManaged : CustomerManaged, null), reading.Origin!),
        _ => reading.As<DataKey>(),
    };
}
