using System.Collections.Concurrent;
using Amazon;
using Amazon.CloudFormation;
using Amazon.DynamoDBv2;
using Amazon.EC2;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.S3;

namespace PostureScanner.Aws.Clients;

/// <summary>One AWS account and the clients that speak for it, one per service and region, made when first needed.</summary>
internal sealed class AwsAccount(string id, AWSCredentials credentials, Uri? endpoint) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<IAmazonDynamoDB>> _dynamoDb = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IAmazonS3>> _s3 = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IAmazonKeyManagementService>> _kms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IAmazonCloudFormation>> _cloudFormation = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<IAmazonEC2>> _ec2 = new(StringComparer.Ordinal);

    public string Id => id;

    public IAmazonDynamoDB DynamoDb(string region) => One(_dynamoDb, region, r => new AmazonDynamoDBClient(credentials, ClientConfig.For(new AmazonDynamoDBConfig(), r, endpoint)));

    public IAmazonS3 S3(string region) => One(_s3, region, r => new StrictS3Client(credentials, ClientConfig.ForS3(r, endpoint)));

    public IAmazonKeyManagementService Kms(string region) =>
        One(_kms, region, r => new AmazonKeyManagementServiceClient(credentials, ClientConfig.For(new AmazonKeyManagementServiceConfig(), r, endpoint)));

    public IAmazonCloudFormation CloudFormation(string region) =>
        One(_cloudFormation, region, r => new AmazonCloudFormationClient(credentials, ClientConfig.For(new AmazonCloudFormationConfig(), r, endpoint)));

    public IAmazonEC2 Ec2(string region) => One(_ec2, region, r => new AmazonEC2Client(credentials, ClientConfig.For(new AmazonEC2Config(), r, endpoint)));

    /// <summary>An ARN of this account's partition: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</summary>
    public static string Partition(string region) => RegionEndpoint.GetBySystemName(region).PartitionName;

    public void Dispose()
    {
        DisposeAll(_dynamoDb);
        DisposeAll(_s3);
        DisposeAll(_kms);
        DisposeAll(_cloudFormation);
        DisposeAll(_ec2);
    }

    private static T One<T>(ConcurrentDictionary<string, Lazy<T>> clients, string region, Func<string, T> make) =>
        clients.GetOrAdd(region, static (r, m) => new Lazy<T>(() => m(r)), make).Value;

    private static void DisposeAll<T>(ConcurrentDictionary<string, Lazy<T>> clients)
        where T : IDisposable
    {
        foreach (var client in clients.Values.Where(c => c.IsValueCreated))
            client.Value.Dispose();
    }
}
