using System.Text.RegularExpressions;
using Amazon.SecretsManager.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Aws.Sinks;

/// <summary>A Slack webhook's URL in Secrets Manager: the whole secret is the URL.</summary>
public static partial class SlackSecret
{
    public static readonly Call Get = new("secretsmanager:GetSecretValue", "secretsmanager:GetSecretValue");

    /// <summary>The region of a secret's ARN.</summary>
    /// <exception cref="SettingsException">It is no secret's ARN.</exception>
    public static string RegionOf(string arn) => SecretArn().Match(arn) is { Success: true } secret
        ? secret.Groups["region"].Value
        : throw new SettingsException($"'{Printable.Of(arn)}' is no secret's ARN; secrets are written like arn:aws:secretsmanager:eu-west-1:111122223333:secret:posture-slack-AbCdEf");

    /// <summary>The URL, anew for every run: whoever replaces the webhook need not restart anything.</summary>
    /// <exception cref="SettingsException">It is no secret's ARN.</exception>
    /// <exception cref="SinkException">The secret cannot be read, or holds no text.</exception>
    public static async Task<string> ReadAsync(string arn, AwsSettings settings, CancellationToken cancellationToken)
    {
        using var secrets = Login.Of(settings).SecretsManager(RegionOf(arn));
        try
        {
            var answer = await OwnCall.AskAsync(settings.Patience, token => secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = arn }, token), cancellationToken);
            return answer.SecretString ?? throw new SinkException($"the secret {arn} holds no text");
        }
        catch (OwnCallException exception)
        {
            // Without the inner exception and AWS's own words: nothing that may hold the secret leaves here.
            throw new SinkException($"the Slack webhook is not known: {Get.Operation} of {arn}: {exception.Code}");
        }
    }

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:secretsmanager:(?<region>[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}):[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretArn();
}
