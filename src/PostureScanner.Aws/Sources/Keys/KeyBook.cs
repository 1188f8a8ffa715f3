using System.Collections.Immutable;
using Amazon.KeyManagementService.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Keys;

/// <summary>The KMS keys behind an account's data: each is asked about once, however many resources of whatever kind it encrypts.</summary>
internal sealed class KeyBook
{
    public const string Operation = "kms:DescribeKey";

    public static readonly Call Tags = new("kms:ListResourceTags", "kms:ListResourceTags");

    private readonly Memo<(string Key, string Region), Reading<KeyMetadata>> _keys;
    private readonly Memo<(string Key, string Region), Reading<ImmutableSortedDictionary<string, string>>> _tags;

    public KeyBook(AwsAccount account, ApiCaller caller, CancellationToken stopReading)
    {
        _keys = new Memo<(string Key, string Region), Reading<KeyMetadata>>(async key =>
        {
            var answer = await caller.AskAsync(
                new Api(Operation, account.Id, key.Region),
                token => account.Kms(key.Region).DescribeKeyAsync(new DescribeKeyRequest { KeyId = key.Key }, token),
                absentCodes: ["NotFoundException"],
                isWhole: response => response.KeyMetadata?.KeyState is not null,
                stopReading);
            return answer.Select((response, _) => response.KeyMetadata);
        });
        _tags = new Memo<(string Key, string Region), Reading<ImmutableSortedDictionary<string, string>>>(key => TagsAsync(account, caller, key, stopReading));
    }

    /// <summary>Absent where KMS says that there is no such key (any more).</summary>
    /// <param name="key">Id, alias or ARN; an ARN's own region is asked.</param>
    public Task<Reading<KeyMetadata>> OfAsync(string key, string region) => _keys.OfAsync((key, RegionOf(key) ?? region));

    /// <summary>Absent where KMS says that there is no such key (any more).</summary>
    /// <param name="key">Id or ARN; an ARN's own region is asked.</param>
    public Task<Reading<ImmutableSortedDictionary<string, string>>> TagsOfAsync(string key, string region) => _tags.OfAsync((key, RegionOf(key) ?? region));

    private static async Task<Reading<ImmutableSortedDictionary<string, string>>> TagsAsync(
        AwsAccount account, ApiCaller caller, (string Key, string Region) key, CancellationToken stopReading)
    {
        var api = new Api(Tags.Operation, account.Id, key.Region);
        var tags = new List<(string, string)>();
        string? next = null;
        while (true)
        {
            var page = await caller.AskAsync(
                api,
                token => account.Kms(key.Region).ListResourceTagsAsync(new ListResourceTagsRequest { KeyId = key.Key, Marker = next }, token),
                absentCodes: ["NotFoundException"],
                isWhole: response => response.Tags?.TrueForAll(t => t.TagKey is not null && t.TagValue is not null) == true,
                stopReading);
            if (!page.IsKnown(out var response))
                return page.As<ImmutableSortedDictionary<string, string>>();
            tags.AddRange(response.Tags.Select(t => (t.TagKey, t.TagValue)));
            if (response.Truncated is not true)
                return Reading<ImmutableSortedDictionary<string, string>>.Known(TagRows.Of(tags), page.Origin!);
            // What stands behind a marker that repeats, or is not given, is not known.
            if (string.IsNullOrEmpty(response.NextMarker) || response.NextMarker == next)
                return caller.Unreadable<ImmutableSortedDictionary<string, string>>(api.Operation, "a page repeats");
            next = response.NextMarker;
        }
    }

    private static string? RegionOf(string key) => key.Split(':') is ["arn", _, "kms", { Length: > 0 } region, ..] ? region : null;
}
