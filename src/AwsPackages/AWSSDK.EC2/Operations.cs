using Amazon.EC2.Model;
using PostureScanner.AwsPackages;

namespace Amazon.EC2;

/// <summary>EC2's dialect of the query protocol: flat lists, no result element, errors in a list of one.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new(
        "Amazon.EC2", "2016-11-15", List: "", Wrapper: false,
        static (m, i, t, c, r, s) => new AmazonEC2Exception(m, i, t, c, r, s));

    public static readonly QueryOperation<DescribeRegionsRequest, DescribeRegionsResponse> DescribeRegions =
        new(Service, "DescribeRegions", DescribeRegionsRequest.Write, DescribeRegionsResponse.Read, new Dictionary<string, Fault>(StringComparer.Ordinal));
}
