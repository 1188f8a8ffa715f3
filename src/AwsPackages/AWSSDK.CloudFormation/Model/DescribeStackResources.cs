using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation.Model;

/// <summary>By stack, or by <see cref="PhysicalResourceId"/>, which answers with all resources of the stack that owns it; the first 100 in either case.</summary>
public class DescribeStackResourcesRequest : AmazonCloudFormationRequest
{
    public string LogicalResourceId { get; set; }

    public string PhysicalResourceId { get; set; }

    public string StackName { get; set; }

    internal static void Write(QueryWriter writer, DescribeStackResourcesRequest request)
    {
        writer.Text("LogicalResourceId", request.LogicalResourceId);
        writer.Text("PhysicalResourceId", request.PhysicalResourceId);
        writer.Text("StackName", request.StackName);
    }
}

public class DescribeStackResourcesResponse : AmazonWebServiceResponse
{
    public List<StackResource> StackResources { get; set; } = Unset.List<StackResource>();

    internal static DescribeStackResourcesResponse Read(XmlReading reading) => new()
    {
        StackResources = reading.Structures("StackResources", StackResource.Read),
    };
}

public class StackResource
{
    public string Description { get; set; }

    public string LogicalResourceId { get; set; }

    public string PhysicalResourceId { get; set; }

    public ResourceStatus ResourceStatus { get; set; }

    public string ResourceStatusReason { get; set; }

    public string ResourceType { get; set; }

    public string StackId { get; set; }

    public string StackName { get; set; }

    public DateTime? Timestamp { get; set; }

    internal static StackResource Read(XmlReading reading) => new()
    {
        Description = reading.Text("Description"),
        LogicalResourceId = reading.Text("LogicalResourceId"),
        PhysicalResourceId = reading.Text("PhysicalResourceId"),
        ResourceStatus = reading.Text("ResourceStatus"),
        ResourceStatusReason = reading.Text("ResourceStatusReason"),
        ResourceType = reading.Text("ResourceType"),
        StackId = reading.Text("StackId"),
        StackName = reading.Text("StackName"),
        Timestamp = reading.Time("Timestamp"),
    };
}
