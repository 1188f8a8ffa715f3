using Amazon.CloudFormation.Model;
using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation;

/// <summary>Of these operations only GetTemplate declares an error by name.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new(
        "Amazon.CloudFormation", "2010-05-15", List: ".member", Wrapper: true,
        static (m, i, t, c, r, s) => new AmazonCloudFormationException(m, i, t, c, r, s));

    private static readonly Dictionary<string, Fault> NoFaults = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, Fault> TemplateFaults = new(StringComparer.Ordinal)
    {
        ["ChangeSetNotFound"] = static (m, i, t, c, r, s) => new ChangeSetNotFoundException(m, i, t, c, r, s),
    };

    public static readonly QueryOperation<DescribeStackResourcesRequest, DescribeStackResourcesResponse> DescribeStackResources =
        new(Service, "DescribeStackResources", DescribeStackResourcesRequest.Write, DescribeStackResourcesResponse.Read, NoFaults);

    public static readonly QueryOperation<DescribeStacksRequest, DescribeStacksResponse> DescribeStacks =
        new(Service, "DescribeStacks", DescribeStacksRequest.Write, DescribeStacksResponse.Read, NoFaults);

    public static readonly QueryOperation<GetTemplateRequest, GetTemplateResponse> GetTemplate =
        new(Service, "GetTemplate", GetTemplateRequest.Write, GetTemplateResponse.Read, TemplateFaults);

    public static readonly QueryOperation<ListStackResourcesRequest, ListStackResourcesResponse> ListStackResources =
        new(Service, "ListStackResources", ListStackResourcesRequest.Write, ListStackResourcesResponse.Read, NoFaults);
}
