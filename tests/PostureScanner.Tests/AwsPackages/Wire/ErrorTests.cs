using System.Reflection;
using System.Xml;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace PostureScanner.Tests.AwsPackages.Wire;

public sealed class ErrorTests
{
    private static readonly BasicAWSCredentials Credentials = new("key", "secret");

    private static IEnumerable<TestCaseData> DeclaredErrors() =>
    [
        .. Declared("PutMetricData", ["InvalidParameterValue", "MissingParameter=MissingRequiredParameter", "InvalidParameterCombination", "InternalServiceError=InternalService"]),
        .. Declared("GetMetricData", ["InvalidNextToken"]),
        .. Declared("DescribeAlarms", ["InvalidNextToken"]),
        .. Declared("GetTemplate", ["ChangeSetNotFound"]),
        .. Declared("Publish", Publish),
        .. Declared(
            "PublishBatch",
            [.. Publish, "BatchEntryIdsNotDistinct", "BatchRequestTooLong", "EmptyBatchRequest", "InvalidBatchEntryId", "TooManyEntriesInBatchRequest"]),
    ];

    private static readonly string[] Publish =
    [
        "AuthorizationError", "EndpointDisabled", "InternalError", "InvalidParameter", "InvalidSecurity", "KMSAccessDenied", "KMSDisabled", "KMSInvalidState", "KMSNotFound",
        "KMSOptInRequired", "KMSThrottling", "NotFound", "ParameterValueInvalid=InvalidParameterValue", "PlatformApplicationDisabled", "ValidationException=Validation",
    ];

    [TestCaseSource(nameof(DeclaredErrors))]
    public async Task A_declared_error_has_its_own_exception(string operation, string code, string exception)
    {
        await using var listener = await Listener.StartAsync(Answer.Error(400, code));

        var error = await ErrorAsync(listener, operation);

        Assert.That(error.GetType().Name, Is.EqualTo(exception));
        Assert.That((error.ErrorCode, error.Message, error.RequestId, error.ErrorType, (int)error.StatusCode), Is.EqualTo((code, $"about {code}", "req-1", ErrorType.Sender, 400)));
    }

    [TestCase("PutMetricData", typeof(AmazonCloudWatchException))]
    [TestCase("DescribeStacks", typeof(AmazonCloudFormationException))]
    [TestCase("GetTemplate", typeof(AmazonCloudFormationException))]
    [TestCase("ListStackResources", typeof(AmazonCloudFormationException))]
    [TestCase("DescribeStackResources", typeof(AmazonCloudFormationException))]
    [TestCase("DescribeRegions", typeof(AmazonEC2Exception))]
    [TestCase("Publish", typeof(AmazonSimpleNotificationServiceException))]
    public async Task Any_other_error_is_the_services(string operation, Type exception)
    {
        await using var listener = await Listener.StartAsync(Answer.Error(400, "ValidationError"));

        var error = await ErrorAsync(listener, operation);

        Assert.That(error, Is.TypeOf(exception));
        Assert.That((error.ErrorCode, error.RequestId), Is.EqualTo(("ValidationError", "req-1")));
    }

    [Test]
    public void Every_exception_is_a_service_exception_and_takes_what_it_is_given()
    {
        Assembly[] editions = [typeof(AmazonCloudWatchClient).Assembly, typeof(AmazonSimpleNotificationServiceClient).Assembly, typeof(AmazonCloudFormationClient).Assembly, typeof(AmazonEC2Client).Assembly];
        foreach (var type in editions.SelectMany(e => e.GetExportedTypes()).Where(t => typeof(Exception).IsAssignableFrom(t)))
        {
            var made = (AmazonServiceException)Activator.CreateInstance(type, "m")!;
            Assert.That(made.Message, Is.EqualTo("m"), type.FullName);
        }
    }

    [TestCase("Throttling", 400)]
    [TestCase("RequestLimitExceeded", 503)]
    [TestCase("ThrottlingException", 400)]
    public async Task Core_repeats_what_was_throttled(string code, int status)
    {
        await using var listener = await Listener.StartAsync(Answer.Error(status, code), Answer.Error(status, code), new Answer(200, "<DescribeStacksResponse/>"));
        var config = listener.Config(new AmazonCloudFormationConfig());
        config.MaxErrorRetry = 2;
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, config);

        await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest());

        Assert.That(listener.Asked, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Core_does_not_repeat_what_was_refused()
    {
        await using var listener = await Listener.StartAsync(Answer.Error(403, "AccessDenied"));
        var config = listener.Config(new AmazonCloudFormationConfig());
        config.MaxErrorRetry = 2;
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, config);

        Assert.That(async () => await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest()), Throws.TypeOf<AmazonCloudFormationException>());
        Assert.That(listener.Asked, Has.Count.EqualTo(1));
    }

    [TestCase("<html><body>Please sign in</body></html>", typeof(AmazonUnmarshallingException), TestName = "A sign-in page is no answer")]
    [TestCase("<DescribeStacksResponse><DescribeStacksResult>", typeof(XmlException), TestName = "Half an answer is no answer")]
    [TestCase("", typeof(XmlException), TestName = "Nothing is no answer")]
    [TestCase("<!DOCTYPE x [<!ENTITY e 'e'>]><DescribeStacksResponse>&e;</DescribeStacksResponse>", typeof(XmlException), TestName = "A document with entities of its own is no answer")]
    [TestCase(
        "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><CreationTime>soon</CreationTime></member></Stacks></DescribeStacksResult></DescribeStacksResponse>",
        typeof(FormatException),
        TestName = "A time that is none is no answer")]
    public async Task What_is_no_answer_is_an_exception(string body, Type exception)
    {
        await using var listener = await Listener.StartAsync(body);
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, listener.Config(new AmazonCloudFormationConfig()));

        Assert.That(async () => await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest()), Throws.TypeOf(exception));
    }

    [Test]
    public async Task An_error_page_keeps_its_status()
    {
        await using var listener = await Listener.StartAsync(new Answer(503, "<html>busy</html>"));
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, listener.Config(new AmazonCloudFormationConfig()));

        var error = Assert.CatchAsync<AmazonServiceException>(async () => await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest()))!;

        Assert.That((int)error.StatusCode, Is.EqualTo(503));
    }

    [Test]
    public async Task A_call_can_be_given_up()
    {
        await using var listener = await Listener.StartAsync("<DescribeStacksResponse/>");
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, listener.Config(new AmazonCloudFormationConfig()));
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        Assert.That(async () => await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest(), given.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static IEnumerable<TestCaseData> Declared(string operation, string[] errors) => errors
        .Select(error => error.Split('='))
        .Select(parts => new TestCaseData(operation, parts[0], parts[^1] + "Exception"));

    private static async Task<AmazonServiceException> ErrorAsync(Listener listener, string operation)
    {
        using var cloudWatch = new AmazonCloudWatchClient(Credentials, listener.Config(new AmazonCloudWatchConfig()));
        using var sns = new AmazonSimpleNotificationServiceClient(Credentials, listener.Config(new AmazonSimpleNotificationServiceConfig()));
        using var cloudFormation = new AmazonCloudFormationClient(Credentials, listener.Config(new AmazonCloudFormationConfig()));
        using var ec2 = new AmazonEC2Client(Credentials, listener.Config(new AmazonEC2Config()));
        Func<Task> call = operation switch
        {
            "PutMetricData" => () => cloudWatch.PutMetricDataAsync(new PutMetricDataRequest()),
            "GetMetricData" => () => cloudWatch.GetMetricDataAsync(new GetMetricDataRequest()),
            "DescribeAlarms" => () => cloudWatch.DescribeAlarmsAsync(new DescribeAlarmsRequest()),
            "Publish" => () => sns.PublishAsync(new PublishRequest()),
            "PublishBatch" => () => sns.PublishBatchAsync(new PublishBatchRequest()),
            "GetTemplate" => () => cloudFormation.GetTemplateAsync(new GetTemplateRequest()),
            "DescribeStacks" => () => cloudFormation.DescribeStacksAsync(new DescribeStacksRequest()),
            "ListStackResources" => () => cloudFormation.ListStackResourcesAsync(new ListStackResourcesRequest()),
            "DescribeStackResources" => () => cloudFormation.DescribeStackResourcesAsync(new DescribeStackResourcesRequest()),
            _ => () => ec2.DescribeRegionsAsync(new DescribeRegionsRequest()),
        };
        return await Task.Run(() => Assert.CatchAsync<AmazonServiceException>(async () => await call())!);
    }
}
