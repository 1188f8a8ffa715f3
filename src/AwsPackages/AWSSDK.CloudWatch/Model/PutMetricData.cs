using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch.Model;

public class AmazonCloudWatchRequest : AmazonWebServiceRequest;

/// <summary>At most 1,000 metrics and 1 MB a request.</summary>
public class PutMetricDataRequest : AmazonCloudWatchRequest
{
    public List<MetricDatum> MetricData { get; set; } = Unset.List<MetricDatum>();

    public string Namespace { get; set; }

    internal static void Write(QueryWriter writer, PutMetricDataRequest request)
    {
        writer.Structures("MetricData", request.MetricData, MetricDatum.Write);
        writer.Text("Namespace", request.Namespace);
    }
}

public class PutMetricDataResponse : AmazonWebServiceResponse;

public class MetricDatum
{
    /// <summary>How often each of <see cref="Values"/> occurred, in the same order.</summary>
    public List<double> Counts { get; set; } = Unset.List<double>();

    public List<Dimension> Dimensions { get; set; } = Unset.List<Dimension>();

    public string MetricName { get; set; }

    public StatisticSet StatisticValues { get; set; }

    /// <summary>Seconds: 1 for a high-resolution metric, else 60.</summary>
    public int? StorageResolution { get; set; }

    public DateTime? Timestamp { get; set; }

    public StandardUnit Unit { get; set; }

    public double? Value { get; set; }

    public List<double> Values { get; set; } = Unset.List<double>();

    internal static void Write(QueryWriter writer, MetricDatum datum)
    {
        writer.Numbers("Counts", datum.Counts);
        writer.Structures("Dimensions", datum.Dimensions, Dimension.Write);
        writer.Text("MetricName", datum.MetricName);
        writer.Structure("StatisticValues", datum.StatisticValues, StatisticSet.Write);
        writer.Number("StorageResolution", datum.StorageResolution);
        writer.Time("Timestamp", datum.Timestamp);
        writer.Text("Unit", datum.Unit);
        writer.Number("Value", datum.Value);
        writer.Numbers("Values", datum.Values);
    }
}

public class StatisticSet
{
    public double? Maximum { get; set; }

    public double? Minimum { get; set; }

    public double? SampleCount { get; set; }

    public double? Sum { get; set; }

    internal static void Write(QueryWriter writer, StatisticSet set)
    {
        writer.Number("Maximum", set.Maximum);
        writer.Number("Minimum", set.Minimum);
        writer.Number("SampleCount", set.SampleCount);
        writer.Number("Sum", set.Sum);
    }
}
