using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation.Model;

public class ListStackResourcesRequest : AmazonCloudFormationRequest
{
    public string NextToken { get; set; }

    public string StackName { get; set; }

    internal static void Write(QueryWriter writer, ListStackResourcesRequest request)
    {
        writer.Text("NextToken", request.NextToken);
        writer.Text("StackName", request.StackName);
    }
}

public class ListStackResourcesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }

    public List<StackResourceSummary> StackResourceSummaries { get; set; } = Unset.List<StackResourceSummary>();

    internal static ListStackResourcesResponse Read(XmlReading reading) => new()
    {
        NextToken = reading.Text("NextToken"),
        StackResourceSummaries = reading.Structures("StackResourceSummaries", StackResourceSummary.Read),
    };
}

public class StackResourceSummary
{
    public DateTime? LastUpdatedTimestamp { get; set; }

    public string LogicalResourceId { get; set; }

    public string PhysicalResourceId { get; set; }

    public ResourceStatus ResourceStatus { get; set; }

    public string ResourceStatusReason { get; set; }

    public string ResourceType { get; set; }

    internal static StackResourceSummary Read(XmlReading reading) => new()
    {
        LastUpdatedTimestamp = reading.Time("LastUpdatedTimestamp"),
        LogicalResourceId = reading.Text("LogicalResourceId"),
        PhysicalResourceId = reading.Text("PhysicalResourceId"),
        ResourceStatus = reading.Text("ResourceStatus"),
        ResourceStatusReason = reading.Text("ResourceStatusReason"),
        ResourceType = reading.Text("ResourceType"),
    };
}
