using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;

namespace PostureScanner.Tests.AwsPackages.Wire;

/// <summary>Null or empty: <see cref="AWSConfigs.InitializeCollections"/> decides, as in the official packages.</summary>
[NonParallelizable]
public sealed class CollectionTests
{
    private const string NoStacks = "<DescribeStacksResponse><DescribeStacksResult/></DescribeStacksResponse>";

    [TearDown]
    public void Forget() => AWSConfigs.InitializeCollections = false;

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_collection_nobody_set_is_null_unless_one_asks_for_the_older_way(bool initialize)
    {
        AWSConfigs.InitializeCollections = initialize;
        await using var listener = await Listener.StartAsync(NoStacks);
        using var cloudFormation = new AmazonCloudFormationClient(new BasicAWSCredentials("key", "secret"), listener.Config(new AmazonCloudFormationConfig()));

        var answer = await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest());

        Assert.That(answer.Stacks, initialize ? Is.Empty : Is.Null);
        Assert.That(new PutMetricDataRequest().MetricData, initialize ? Is.Empty : Is.Null);
        Assert.That(new PublishRequest().MessageAttributes, initialize ? Is.Empty : Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_empty_list_is_sent_as_one_unless_empty_means_unset(bool initialize)
    {
        AWSConfigs.InitializeCollections = initialize;
        await using var listener = await Listener.StartAsync("<PutMetricDataResponse/>");
        using var cloudWatch = new AmazonCloudWatchClient(new BasicAWSCredentials("key", "secret"), listener.Config(new AmazonCloudWatchConfig()));

        await cloudWatch.PutMetricDataAsync(new PutMetricDataRequest { Namespace = "N", MetricData = [] });

        Assert.That(listener.Asked.Single().Fields, initialize ? Has.None.EqualTo("MetricData=") : Has.One.EqualTo("MetricData="));
    }
}
