using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch.Model;

/// <summary>A metric to read, or an expression over others; also what an alarm on an expression watches.</summary>
public class MetricDataQuery
{
    public string AccountId { get; set; }

    public string Expression { get; set; }

    public string Id { get; set; }

    public string Label { get; set; }

    public MetricStat MetricStat { get; set; }

    /// <summary>Seconds.</summary>
    public int? Period { get; set; }

    public bool? ReturnData { get; set; }

    internal static void Write(QueryWriter writer, MetricDataQuery query)
    {
        writer.Text("AccountId", query.AccountId);
        writer.Text("Expression", query.Expression);
        writer.Text("Id", query.Id);
        writer.Text("Label", query.Label);
        writer.Structure("MetricStat", query.MetricStat, MetricStat.Write);
        writer.Number("Period", query.Period);
        writer.Flag("ReturnData", query.ReturnData);
    }

    internal static MetricDataQuery Read(XmlReading reading) => new()
    {
        AccountId = reading.Text("AccountId"),
        Expression = reading.Text("Expression"),
        Id = reading.Text("Id"),
        Label = reading.Text("Label"),
        MetricStat = reading.Structure("MetricStat", MetricStat.Read),
        Period = reading.Number("Period"),
        ReturnData = reading.Flag("ReturnData"),
    };
}

public class MetricStat
{
    public Metric Metric { get; set; }

    /// <summary>Seconds.</summary>
    public int? Period { get; set; }

    public string Stat { get; set; }

    public StandardUnit Unit { get; set; }

    internal static void Write(QueryWriter writer, MetricStat stat)
    {
        writer.Structure("Metric", stat.Metric, Metric.Write);
        writer.Number("Period", stat.Period);
        writer.Text("Stat", stat.Stat);
        writer.Text("Unit", stat.Unit);
    }

    internal static MetricStat Read(XmlReading reading) => new()
    {
        Metric = reading.Structure("Metric", Metric.Read),
        Period = reading.Number("Period"),
        Stat = reading.Text("Stat"),
        Unit = reading.Text("Unit"),
    };
}
