using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.EC2;

/// <summary>The operation of EC2 that this edition has.</summary>
public interface IAmazonEC2 : IAmazonService, IDisposable
{
    Task<DescribeRegionsResponse> DescribeRegionsAsync(DescribeRegionsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Where this request would be sent.</summary>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonEC2Config();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonEC2Client(awsCredentials, (AmazonEC2Config)clientConfig);
}
