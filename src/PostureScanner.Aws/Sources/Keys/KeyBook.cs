using Amazon.KeyManagementService.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Keys;

/// <summary>The KMS keys behind an account's data: each is described once, however many resources of whatever kind it encrypts.</summary>
internal sealed class KeyBook
{
    public const string Operation = "kms:DescribeKey";

    private readonly Memo<(string Key, string Region), Reading<KeyMetadata>> _keys;

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
    }

    /// <summary>Absent where KMS says that there is no such key (any more).</summary>
    /// <param name="key">Id, alias or ARN; an ARN's own region is asked.</param>
    public Task<Reading<KeyMetadata>> OfAsync(string key, string region) => _keys.OfAsync((key, RegionOf(key) ?? region));

    private static string? RegionOf(string key) => key.Split(':') is ["arn", _, "kms", { Length: > 0 } region, ..] ? region : null;
}
