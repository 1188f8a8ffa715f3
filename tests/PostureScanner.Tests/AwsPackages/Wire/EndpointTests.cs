using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SecretsManager;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using PostureScanner.Tests.Architecture;

namespace PostureScanner.Tests.AwsPackages.Wire;

/// <summary>Where a request goes and what it is signed for.</summary>
[NonParallelizable]
public sealed class EndpointTests
{
    private const string Url = "AWS_ENDPOINT_URL";
    private const string Ok = "<DescribeStacksResponse/>";

    private static readonly BasicAWSCredentials Credentials = new("key", "secret");

    private static IEnumerable<string> Rows() => File
        .ReadLines(SourceTree.Path("tests", "PostureScanner.Tests", "AwsPackages", "Wire", "Endpoints.txt"))
        .Where(line => !line.StartsWith('#'));

    [Test]
    public void The_endpoint_is_the_one_AWSs_own_rules_give() => Assert.Multiple(() =>
    {
        foreach (var row in Rows())
        {
            var parts = row.Split(' ');
            var config = Config(parts[0]);
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(parts[1]);
            config.UseFIPSEndpoint = parts[2] == "fips";
            config.UseDualstackEndpoint = parts[3] == "dual-stack";
            Assert.That(config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new DescribeStacksRequest())).URL.TrimEnd('/'), Is.EqualTo(parts[4]), row);
        }
    });

    [Test]
    public async Task A_request_to_an_endpoint_of_ones_own_is_signed_for_the_region_one_says()
    {
        await using var listener = await Listener.StartAsync(Ok);
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, listener.Config(new AmazonCloudFormationConfig()));

        await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest());

        var headers = listener.Asked.Single().Headers;
        Assert.That(headers["Authorization"], Does.Match("^AWS4-HMAC-SHA256 Credential=key/[0-9]{8}/eu-central-1/cloudformation/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$"));
        Assert.That(headers["Content-Type"], Is.EqualTo("application/x-www-form-urlencoded; charset=utf-8"));
        Assert.That(headers["User-Agent"], Does.Contain("CloudFormation#0.1.0"));
    }

    [Test]
    public async Task The_service_a_signature_is_for_is_the_endpoints()
    {
        await using var listener = await Listener.StartAsync("<PutMetricDataResponse/>", "<PublishResponse/>", "<DescribeRegionsResponse/>");
        using var cloudWatch = new AmazonCloudWatchClient(Credentials, listener.Config(new AmazonCloudWatchConfig()));
        using var sns = new AmazonSimpleNotificationServiceClient(Credentials, listener.Config(new AmazonSimpleNotificationServiceConfig()));
        using var ec2 = new AmazonEC2Client(new SessionAWSCredentials("key", "secret", "token"), listener.Config(new AmazonEC2Config()));

        await cloudWatch.PutMetricDataAsync(new PutMetricDataRequest());
        await sns.PublishAsync(new PublishRequest());
        await ec2.DescribeRegionsAsync(new DescribeRegionsRequest());

        Assert.That(listener.Asked.Select(a => a.Headers["Authorization"].Split('/')[3]), Is.EqualTo((string[])["monitoring", "sns", "ec2"]));
        Assert.That(listener.Asked[2].Headers["X-Amz-Security-Token"], Is.EqualTo("token"));
    }

    [TestCase(Url)]
    [TestCase(Url + "_CLOUDFORMATION")]
    public async Task The_environment_names_the_endpoint(string variable)
    {
        await using var listener = await Listener.StartAsync(Ok);
        using var said = new Said(variable, listener.Url);
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, new AmazonCloudFormationConfig { RegionEndpoint = RegionEndpoint.EUWest1, AuthenticationRegion = "eu-west-1" });

        await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest());

        Assert.That(listener.Asked.Single().Headers["Authorization"], Does.Contain("/eu-west-1/cloudformation/"));
    }

    [Test]
    public async Task A_services_own_endpoint_comes_before_the_common_one()
    {
        await using var common = await Listener.StartAsync(Ok);
        await using var own = await Listener.StartAsync("<PublishResponse/>");
        using var first = new Said(Url, common.Url);
        using var second = new Said(Url + "_SNS", own.Url);
        using var sns = new AmazonSimpleNotificationServiceClient(Credentials, new AmazonSimpleNotificationServiceConfig { RegionEndpoint = RegionEndpoint.EUWest1 });

        await sns.PublishAsync("arn", "m");

        Assert.That((own.Asked.Count, common.Asked.Count), Is.EqualTo((1, 0)));
    }

    [TestCase("CloudWatch", "CLOUDWATCH")]
    [TestCase("SNS", "SNS")]
    [TestCase("CloudFormation", "CLOUDFORMATION")]
    [TestCase("EC2", "EC2")]
    [TestCase("Secrets Manager", "SECRETS_MANAGER")]
    public void Every_service_has_its_variable(string service, string suffix)
    {
        using var said = new Said($"{Url}_{suffix}", "http://127.0.0.1:1/");

        Assert.That(Config(service).ServiceURL, Is.EqualTo("http://127.0.0.1:1/"));
    }

    [Test]
    public void FIPS_and_an_endpoint_of_ones_own_do_not_go_together()
    {
        var config = new AmazonEC2Config { ServiceURL = "http://127.0.0.1:1", UseFIPSEndpoint = true };
        using var ec2 = new AmazonEC2Client(Credentials, config);

        Assert.That(() => ec2.DetermineServiceOperationEndpoint(new DescribeRegionsRequest()), Throws.InstanceOf<AmazonClientException>());
    }

    private static ClientConfig Config(string service) => service switch
    {
        "CloudWatch" => new AmazonCloudWatchConfig(),
        "SNS" => new AmazonSimpleNotificationServiceConfig(),
        "CloudFormation" => new AmazonCloudFormationConfig(),
        "Secrets Manager" => new AmazonSecretsManagerConfig(),
        _ => new AmazonEC2Config(),
    };

    /// <summary>An environment variable for as long as a test needs it.</summary>
    private sealed class Said : IDisposable
    {
        private readonly string _variable;
        private readonly string? _before;

        public Said(string variable, string value)
        {
            _variable = variable;
            _before = Environment.GetEnvironmentVariable(variable);
            Environment.SetEnvironmentVariable(variable, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(_variable, _before);
    }
}
