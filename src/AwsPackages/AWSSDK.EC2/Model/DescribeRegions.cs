using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.EC2.Model;

public class AmazonEC2Request : AmazonWebServiceRequest;

/// <summary>The regions enabled for the account, unless <see cref="AllRegions"/> asks for the others too.</summary>
public class DescribeRegionsRequest : AmazonEC2Request
{
    public bool? AllRegions { get; set; }

    /// <summary>True only asks whether one may: the answer is then an error, <c>DryRunOperation</c> for yes.</summary>
    public bool? DryRun { get; set; }

    public List<Filter> Filters { get; set; } = Unset.List<Filter>();

    public List<string> RegionNames { get; set; } = Unset.List<string>();

    internal static void Write(QueryWriter writer, DescribeRegionsRequest request)
    {
        writer.Flag("AllRegions", request.AllRegions);
        writer.Flag("DryRun", request.DryRun);
        writer.Structures("Filter", request.Filters, Filter.Write);
        writer.Texts("RegionName", request.RegionNames);
    }
}

public class Filter
{
    public Filter()
    {
    }

    public Filter(string name, List<string> values)
    {
        Name = name;
        Values = values;
    }

    public string Name { get; set; }

    public List<string> Values { get; set; } = Unset.List<string>();

    internal static void Write(QueryWriter writer, Filter filter)
    {
        writer.Text("Name", filter.Name);
        writer.Texts("Value", filter.Values);
    }
}

public class DescribeRegionsResponse : AmazonWebServiceResponse
{
    public List<Region> Regions { get; set; } = Unset.List<Region>();

    internal static DescribeRegionsResponse Read(XmlReading reading) => new()
    {
        Regions = reading.Structures("regionInfo", Region.Read, "item"),
    };
}

public class Region
{
    public string Endpoint { get; set; }

    /// <summary><c>opt-in-not-required</c>, <c>opted-in</c> or <c>not-opted-in</c>.</summary>
    public string OptInStatus { get; set; }

    public string RegionName { get; set; }

    internal static Region Read(XmlReading reading) => new()
    {
        Endpoint = reading.Text("regionEndpoint"),
        OptInStatus = reading.Text("optInStatus"),
        RegionName = reading.Text("regionName"),
    };
}
