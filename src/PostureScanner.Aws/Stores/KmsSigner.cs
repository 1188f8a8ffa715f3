using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Aws.Stores;

/// <summary>Signs with an asymmetric key that never leaves KMS.</summary>
public static partial class KmsSigner
{
    /// <summary>Once: which key it is and what it can do.</summary>
    public static readonly Call Describe = new("kms:DescribeKey", "kms:DescribeKey");

    /// <summary>Once for every link.</summary>
    public static readonly Call Sign = new("kms:Sign", "kms:Sign");

    /// <param name="key">Id, ARN, or alias. An ARN's own region is asked, else the configured one, else the first that is scanned.</param>
    /// <exception cref="SettingsException">It is no key's name, or a key of a sort that never signs.</exception>
    /// <exception cref="EvidenceException">It cannot be known what key it is, or it does not sign now: who switches a key off must not switch the scans off.</exception>
    public static async Task<Signer> OpenAsync(string key, AwsSettings settings, CancellationToken cancellationToken)
    {
        var name = KeyName().Match(key);
        if (!name.Success)
            throw new SettingsException($"'{Printable.Of(key)}' names no KMS key; keys are written like arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab, by their id, or like alias/posture");
        var region = name.Groups["region"] is { Success: true } named ? named.Value : Login.ConfiguredRegion() ?? Regions.Of(settings.Regions).Home[0];
        var kms = Login.Of(settings).Kms(region);
        var metadata = await DescribeAsync(kms, key, settings.Patience, cancellationToken);
        var algorithm = AlgorithmOf(metadata);
        return new Signer(algorithm.Name, metadata.Arn, (data, token) => SignAsync(kms, metadata.Arn, algorithm, data, settings.Patience, token));
    }

    private static async Task<KeyMetadata> DescribeAsync(IAmazonKeyManagementService kms, string key, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await OwnCall.AskAsync(patience, token => kms.DescribeKeyAsync(new DescribeKeyRequest { KeyId = key }, token), cancellationToken);
            return answer.KeyMetadata is { Arn: not null, KeySpec: not null, KeyUsage: not null, KeyState: not null } metadata
                ? metadata
                : throw new EvidenceException($"it is not known whether {key} can sign: the answer to {Describe.Operation} lacks what it always gives");
        }
        catch (OwnCallException exception) when (exception.Code == "NotFoundException")
        {
            throw new EvidenceException($"there is no KMS key {key}: {exception.Message}", exception);
        }
        catch (OwnCallException exception)
        {
            throw new EvidenceException($"it is not known whether {key} can sign: {Describe.Operation}: {exception.Message}", exception);
        }
    }

    /// <exception cref="SettingsException">The key cannot sign evidence.</exception>
    private static SigningAlgorithm AlgorithmOf(KeyMetadata key)
    {
        if (key.KeyUsage != KeyUsageType.SIGN_VERIFY)
            throw new SettingsException($"{key.Arn} is for {key.KeyUsage}, not for SIGN_VERIFY: it cannot sign evidence");
        if (key.KeyState != KeyState.Enabled)
            throw new EvidenceException($"{key.Arn} is {key.KeyState}: it cannot sign evidence");
        return key.KeySpec.Value switch
        {
            "ECC_NIST_P256" => SigningAlgorithm.Ecdsa,
            "RSA_2048" or "RSA_3072" or "RSA_4096" => SigningAlgorithm.Rsa,
            var spec => throw new SettingsException($"{key.Arn} is {spec}; evidence is signed with ECC_NIST_P256, RSA_2048, RSA_3072 or RSA_4096"),
        };
    }

    private static async Task<byte[]> SignAsync(
        IAmazonKeyManagementService kms, string arn, SigningAlgorithm algorithm, ReadOnlyMemory<byte> data, TimeSpan patience, CancellationToken cancellationToken)
    {
        // The digest, because KMS takes no more than 4096 bytes of a message.
        using var digest = new MemoryStream(SHA256.HashData(data.Span));
        var request = new SignRequest { KeyId = arn, SigningAlgorithm = algorithm.Name, MessageType = MessageType.DIGEST, Message = digest };
        try
        {
            var answer = await OwnCall.AskAsync(patience, token => kms.SignAsync(request, token), cancellationToken);
            return answer.Signature is { Length: > 0 } signature
                ? signature.ToArray()
                : throw new EvidenceException($"{arn} has not signed: the answer to {Sign.Operation} holds no signature");
        }
        catch (OwnCallException exception)
        {
            throw new EvidenceException($"{arn} has not signed: {Sign.Operation}: {exception.Message}", exception);
        }
    }

    [GeneratedRegex(@"\A(?:arn:aws[a-z-]*:kms:(?<region>[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}):[0-9]{12}:(?:key|alias)/|alias/)?[A-Za-z0-9_/-]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyName();
}
