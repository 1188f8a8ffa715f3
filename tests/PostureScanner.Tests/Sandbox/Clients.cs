using System.Net.Http.Headers;
using Amazon.DynamoDBv2;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

/// <summary>AWS's own clients against a sandbox. They do not retry: a test counts calls.</summary>
internal static class Clients
{
    public const string Account = "111122223333";
    public const string Home = "eu-west-1";
    public const string Away = "eu-central-1";

    private static readonly BasicAWSCredentials Anyone = new("AKIDSANDBOX", "secret");

    public static AmazonDynamoDBClient DynamoDb(this SandboxServer sandbox, string region = Home, AWSCredentials? credentials = null) =>
        new(credentials ?? Anyone, Point(new AmazonDynamoDBConfig(), sandbox, region));

    public static AmazonS3Client S3(this SandboxServer sandbox, string region = Home, AWSCredentials? credentials = null) =>
        new(credentials ?? Anyone, Point(new AmazonS3Config { ForcePathStyle = true }, sandbox, region));

    public static AmazonKeyManagementServiceClient Kms(this SandboxServer sandbox, string region = Home, AWSCredentials? credentials = null) =>
        new(credentials ?? Anyone, Point(new AmazonKeyManagementServiceConfig(), sandbox, region));

    public static AmazonSecurityTokenServiceClient Sts(this SandboxServer sandbox, AWSCredentials? credentials = null) =>
        new(credentials ?? Anyone, Point(new AmazonSecurityTokenServiceConfig(), sandbox, Home));

    /// <summary>A request with a signature's scope but without a signature, for what the SDK hides.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this SandboxServer sandbox, HttpMethod method, string path, string service, string region = Home, string? target = null, string? body = null, HttpContent? content = null)
    {
        using var http = new HttpClient { BaseAddress = sandbox.Url };
        using var request = new HttpRequestMessage(method, path) { Content = content ?? (body is null ? null : new StringContent(body)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", $"Credential=AKIDSANDBOX/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);
        return await http.SendAsync(request);
    }

    private static T Point<T>(T config, SandboxServer sandbox, string region)
        where T : ClientConfig
    {
        config.ServiceURL = sandbox.Url.ToString();
        config.AuthenticationRegion = region;
        config.MaxErrorRetry = 0;
        // A connection that breaks before its answer counts as stale, not as an error.
        config.MaxStaleConnectionRetries = 0;
        return config;
    }
}
