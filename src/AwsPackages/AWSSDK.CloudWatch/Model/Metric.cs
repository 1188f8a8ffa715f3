using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch.Model;

public class Metric
{
    public List<Dimension> Dimensions { get; set; } = Unset.List<Dimension>();

    public string MetricName { get; set; }

    public string Namespace { get; set; }

    internal static void Write(QueryWriter writer, Metric metric)
    {
        writer.Structures("Dimensions", metric.Dimensions, Dimension.Write);
        writer.Text("MetricName", metric.MetricName);
        writer.Text("Namespace", metric.Namespace);
    }

    internal static Metric Read(XmlReading reading) => new()
    {
        Dimensions = reading.Structures("Dimensions", Dimension.Read),
        MetricName = reading.Text("MetricName"),
        Namespace = reading.Text("Namespace"),
    };
}

public class Dimension
{
    public string Name { get; set; }

    public string Value { get; set; }

    internal static void Write(QueryWriter writer, Dimension dimension)
    {
        writer.Text("Name", dimension.Name);
        writer.Text("Value", dimension.Value);
    }

    internal static Dimension Read(XmlReading reading) => new() { Name = reading.Text("Name"), Value = reading.Text("Value") };
}
