using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation.Model;

public class AmazonCloudFormationRequest : AmazonWebServiceRequest;

/// <summary>A deleted stack is known for 90 days, by its id only.</summary>
public class DescribeStacksRequest : AmazonCloudFormationRequest
{
    public string NextToken { get; set; }

    public string StackName { get; set; }

    internal static void Write(QueryWriter writer, DescribeStacksRequest request)
    {
        writer.Text("NextToken", request.NextToken);
        writer.Text("StackName", request.StackName);
    }
}

public class DescribeStacksResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }

    public List<Stack> Stacks { get; set; } = Unset.List<Stack>();

    internal static DescribeStacksResponse Read(XmlReading reading) => new()
    {
        NextToken = reading.Text("NextToken"),
        Stacks = reading.Structures("Stacks", Stack.Read),
    };
}
