using Amazon.CloudFormation.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation;

public class AmazonCloudFormationClient : AmazonServiceClient, IAmazonCloudFormation
{
    private static readonly ServiceMetadata Metadata = new(AmazonCloudFormationConfig.ServiceId);

    /// <summary>With the credentials of the default chain.</summary>
    public AmazonCloudFormationClient(AmazonCloudFormationConfig config)
        : base(config)
    {
    }

    public AmazonCloudFormationClient(AWSCredentials credentials, AmazonCloudFormationConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    public virtual Task<DescribeStackResourcesResponse> DescribeStackResourcesAsync(DescribeStackResourcesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeStackResourcesResponse>(request, Operations.DescribeStackResources.Options(), cancellationToken);

    public virtual Task<DescribeStacksResponse> DescribeStacksAsync(DescribeStacksRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeStacksResponse>(request, Operations.DescribeStacks.Options(), cancellationToken);

    public virtual Task<GetTemplateResponse> GetTemplateAsync(GetTemplateRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetTemplateResponse>(request, Operations.GetTemplate.Options(), cancellationToken);

    public virtual Task<ListStackResourcesResponse> ListStackResourcesAsync(ListStackResourcesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListStackResourcesResponse>(request, Operations.ListStackResources.Options(), cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        ((ClientConfig)Config).DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.Complete(pipeline);
}
