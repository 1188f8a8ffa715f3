using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using PostureScanner.AwsPackages;

namespace Amazon.EC2;

public class AmazonEC2Client : AmazonServiceClient, IAmazonEC2
{
    private static readonly ServiceMetadata Metadata = new(AmazonEC2Config.ServiceId);

    /// <summary>With the credentials of the default chain.</summary>
    public AmazonEC2Client(AmazonEC2Config config)
        : base(config)
    {
    }

    public AmazonEC2Client(AWSCredentials credentials, AmazonEC2Config clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public virtual Task<DescribeRegionsResponse> DescribeRegionsAsync(DescribeRegionsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeRegionsResponse>(request, Operations.DescribeRegions.Options(), cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        ((ClientConfig)Config).DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Complete(pipeline);
}
