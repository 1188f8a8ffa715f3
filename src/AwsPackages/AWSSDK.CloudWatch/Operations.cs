using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch;

/// <summary>CloudWatch speaks three protocols; this edition uses the one the other services have too.</summary>
internal static class Operations
{
    private static readonly QueryService Service = new(
        "Amazon.CloudWatch", "2010-08-01", List: ".member", Wrapper: true,
        static (m, i, t, c, r, s) => new AmazonCloudWatchException(m, i, t, c, r, s));

    private static readonly Dictionary<string, Fault> ReadFaults = new(StringComparer.Ordinal)
    {
        ["InvalidNextToken"] = static (m, i, t, c, r, s) => new InvalidNextTokenException(m, i, t, c, r, s),
    };

    private static readonly Dictionary<string, Fault> WriteFaults = new(StringComparer.Ordinal)
    {
        ["InternalServiceError"] = static (m, i, t, c, r, s) => new InternalServiceException(m, i, t, c, r, s),
        ["InvalidParameterCombination"] = static (m, i, t, c, r, s) => new InvalidParameterCombinationException(m, i, t, c, r, s),
        ["InvalidParameterValue"] = static (m, i, t, c, r, s) => new InvalidParameterValueException(m, i, t, c, r, s),
        ["MissingParameter"] = static (m, i, t, c, r, s) => new MissingRequiredParameterException(m, i, t, c, r, s),
    };

    public static readonly QueryOperation<DescribeAlarmsRequest, DescribeAlarmsResponse> DescribeAlarms =
        new(Service, "DescribeAlarms", DescribeAlarmsRequest.Write, DescribeAlarmsResponse.Read, ReadFaults);

    public static readonly QueryOperation<GetMetricDataRequest, GetMetricDataResponse> GetMetricData =
        new(Service, "GetMetricData", GetMetricDataRequest.Write, GetMetricDataResponse.Read, ReadFaults);

    public static readonly QueryOperation<PutMetricDataRequest, PutMetricDataResponse> PutMetricData =
        new(Service, "PutMetricData", PutMetricDataRequest.Write, static _ => new PutMetricDataResponse(), WriteFaults)
        {
            Compression = CompressionEncodingAlgorithm.gzip,
        };
}
