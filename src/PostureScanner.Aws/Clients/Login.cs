using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Amazon.CloudWatch;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SimpleNotificationService;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Clients;

/// <summary>An account and the key to it, or why it cannot be entered.</summary>
/// <param name="CallerArn">As whom it is entered.</param>
internal sealed record Entry(string Account, AWSCredentials? Credentials, string? CallerArn, string? Problem);

/// <summary>Who we are for AWS: the SDK's default credential chain, and the roles assumed from it.</summary>
internal sealed partial class Login(AWSCredentials credentials, Uri? endpoint)
{
    // "SessionName" shows in the customer's CloudTrail: whoever looks there should know who called.
    private const string SessionName = "PostureScanner";

    public static Login Of(AwsSettings settings)
    {
        if (settings.Endpoint is { } endpoint)
            return new Login(new BasicAWSCredentials("posture", "posture"), endpoint);
        try
        {
            return new Login(DefaultAWSCredentialsIdentityResolver.GetCredentials(), null);
        }
        catch (AmazonClientException exception)
        {
            throw new SettingsException("no AWS credentials were found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", exception);
        }
    }

    /// <summary>By the environment or the profile; null where neither names one.</summary>
    public static string? ConfiguredRegion() => FallbackRegionFactory.GetRegionEndpoint()?.SystemName;

    /// <exception cref="SettingsException">None is configured.</exception>
    public static string DefaultRegion() => ConfiguredRegion()
        ?? throw new SettingsException("no region is configured; give --regions, or set AWS_REGION or the profile's region");

    /// <exception cref="SettingsException">The ARN is not a role's.</exception>
    public static string AccountOf(string roleArn) => RoleArn().Match(roleArn) is { Success: true } role
        ? role.Groups["account"].Value
        : throw new SettingsException($"'{roleArn}' is no role's ARN; roles are written like arn:aws:iam::111122223333:role/PostureReader");

    /// <summary>Each role once.</summary>
    /// <exception cref="SettingsException">An ARN is not a role's, or two roles are of one account.</exception>
    public static ImmutableArray<string> RolesOf(ImmutableArray<string> roleArns)
    {
        var roles = roleArns.Distinct(StringComparer.Ordinal).ToImmutableArray();
        return roles.GroupBy(AccountOf, StringComparer.Ordinal).FirstOrDefault(account => account.Count() > 1) is { } twice
            ? throw new SettingsException($"{string.Join(" and ", twice)} are roles of one account, in which everything would be read twice")
            : roles;
    }

    public AwsAccount Account(Entry entry) => new(entry.Account, entry.Credentials!, endpoint);

    // Our own state, evidence, topic and metrics: there are few calls, and nothing else repeats them, so the SDK may.
    public IAmazonS3 S3(string region) => new AmazonS3Client(credentials, Retrying(ClientConfig.ForS3(region, endpoint)));

    public IAmazonKeyManagementService Kms(string region) =>
        new AmazonKeyManagementServiceClient(credentials, Retrying(ClientConfig.For(new AmazonKeyManagementServiceConfig(), region, endpoint)));

    public IAmazonSimpleNotificationService Sns(string region) =>
        new AmazonSimpleNotificationServiceClient(credentials, Retrying(ClientConfig.For(new AmazonSimpleNotificationServiceConfig(), region, endpoint)));

    public IAmazonSecretsManager SecretsManager(string region) =>
        new AmazonSecretsManagerClient(credentials, Retrying(ClientConfig.For(new AmazonSecretsManagerConfig(), region, endpoint)));

    public IAmazonCloudWatch CloudWatch(string region) => new AmazonCloudWatchClient(credentials, Retrying(ClientConfig.For(new AmazonCloudWatchConfig(), region, endpoint)));

    /// <summary>The caller's own account.</summary>
    public async Task<Entry> OwnAsync(ApiCaller caller, Connections connections, ImmutableArray<string> regions, CancellationToken stopReading)
    {
        var answer = await AskAsync(
            "sts:GetCallerIdentity",
            Target.UnknownAccount,
            caller,
            connections,
            regions,
            (sts, token) => sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), token),
            response => !string.IsNullOrEmpty(response.Account),
            stopReading);
        return answer.IsKnown(out var identity)
            ? new Entry(identity.Account, credentials, identity.Arn, null)
            : new Entry(Target.UnknownAccount, null, null, ListingProblem.Of(answer.NotRead!));
    }

    /// <exception cref="SettingsException">The ARN is not a role's.</exception>
    public async Task<Entry> AssumeAsync(string roleArn, ApiCaller caller, Connections connections, ImmutableArray<string> regions, CancellationToken stopReading)
    {
        var account = AccountOf(roleArn);
        var answer = await AskAsync(
            "sts:AssumeRole",
            account,
            caller,
            connections,
            regions,
            (sts, token) => sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = roleArn, RoleSessionName = SessionName }, token),
            response => response.Credentials is not null,
            stopReading);
        return answer.IsKnown(out var assumed)
            ? new Entry(account, assumed.Credentials, assumed.AssumedRoleUser?.Arn ?? roleArn, null)
            : new Entry(account, null, null, ListingProblem.Of(answer.NotRead!));
    }

    private static T Retrying<T>(T config)
        where T : Amazon.Runtime.ClientConfig
    {
        config.MaxErrorRetry = 4;
        return config;
    }

    private async Task<Reading<T>> AskAsync<T>(
        string operation,
        string account,
        ApiCaller caller,
        Connections connections,
        ImmutableArray<string> regions,
        Func<IAmazonSecurityTokenService, CancellationToken, Task<T>> send,
        Func<T, bool> isWhole,
        CancellationToken stopReading)
        where T : AmazonWebServiceResponse
    {
        var (_, answer) = await AnyRegion.AskAsync(regions, async region =>
        {
            var config = ClientConfig.For(new AmazonSecurityTokenServiceConfig(), region, endpoint);
            config.HttpClientFactory = connections;
            using var sts = new AmazonSecurityTokenServiceClient(credentials, config);
            return await caller.AskAsync(new Api(operation, account, region), token => send(sts, token), absentCodes: [], isWhole, stopReading);
        });
        return answer;
    }

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:iam::(?<account>[0-9]{12}):role/(?:[!-~]+/)?[A-Za-z0-9_+=,.@-]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoleArn();
}
