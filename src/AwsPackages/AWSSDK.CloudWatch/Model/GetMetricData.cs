using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch.Model;

/// <summary>At most 500 queries a request.</summary>
public class GetMetricDataRequest : AmazonCloudWatchRequest
{
    /// <summary>Exclusive.</summary>
    public DateTime? EndTime { get; set; }

    public LabelOptions LabelOptions { get; set; }

    public int? MaxDatapoints { get; set; }

    public List<MetricDataQuery> MetricDataQueries { get; set; } = Unset.List<MetricDataQuery>();

    public string NextToken { get; set; }

    public ScanBy ScanBy { get; set; }

    /// <summary>Inclusive.</summary>
    public DateTime? StartTime { get; set; }

    internal static void Write(QueryWriter writer, GetMetricDataRequest request)
    {
        writer.Time("EndTime", request.EndTime);
        writer.Structure("LabelOptions", request.LabelOptions, LabelOptions.Write);
        writer.Number("MaxDatapoints", request.MaxDatapoints);
        writer.Structures("MetricDataQueries", request.MetricDataQueries, MetricDataQuery.Write);
        writer.Text("NextToken", request.NextToken);
        writer.Text("ScanBy", request.ScanBy);
        writer.Time("StartTime", request.StartTime);
    }
}

public class LabelOptions
{
    public string Timezone { get; set; }

    internal static void Write(QueryWriter writer, LabelOptions options) => writer.Text("Timezone", options.Timezone);
}

public class GetMetricDataResponse : AmazonWebServiceResponse
{
    public List<MessageData> Messages { get; set; } = Unset.List<MessageData>();

    public List<MetricDataResult> MetricDataResults { get; set; } = Unset.List<MetricDataResult>();

    public string NextToken { get; set; }

    internal static GetMetricDataResponse Read(XmlReading reading) => new()
    {
        Messages = reading.Structures("Messages", MessageData.Read),
        MetricDataResults = reading.Structures("MetricDataResults", MetricDataResult.Read),
        NextToken = reading.Text("NextToken"),
    };
}

public class MetricDataResult
{
    public string Id { get; set; }

    public string Label { get; set; }

    public List<MessageData> Messages { get; set; } = Unset.List<MessageData>();

    public StatusCode StatusCode { get; set; }

    public List<DateTime> Timestamps { get; set; } = Unset.List<DateTime>();

    public List<double> Values { get; set; } = Unset.List<double>();

    internal static MetricDataResult Read(XmlReading reading) => new()
    {
        Id = reading.Text("Id"),
        Label = reading.Text("Label"),
        Messages = reading.Structures("Messages", MessageData.Read),
        StatusCode = reading.Text("StatusCode"),
        Timestamps = reading.Times("Timestamps"),
        Values = reading.Decimals("Values"),
    };
}

public class MessageData
{
    public string Code { get; set; }

    public string Value { get; set; }

    internal static MessageData Read(XmlReading reading) => new() { Code = reading.Text("Code"), Value = reading.Text("Value") };
}
