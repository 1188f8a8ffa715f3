using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch.Model;

/// <summary>Without <see cref="AlarmTypes"/> only metric alarms are answered.</summary>
public class DescribeAlarmsRequest : AmazonCloudWatchRequest
{
    public string ActionPrefix { get; set; }

    public string AlarmNamePrefix { get; set; }

    public List<string> AlarmNames { get; set; } = Unset.List<string>();

    public List<string> AlarmTypes { get; set; } = Unset.List<string>();

    public string ChildrenOfAlarmName { get; set; }

    public int? MaxRecords { get; set; }

    public string NextToken { get; set; }

    public string ParentsOfAlarmName { get; set; }

    public StateValue StateValue { get; set; }

    internal static void Write(QueryWriter writer, DescribeAlarmsRequest request)
    {
        writer.Text("ActionPrefix", request.ActionPrefix);
        writer.Text("AlarmNamePrefix", request.AlarmNamePrefix);
        writer.Texts("AlarmNames", request.AlarmNames);
        writer.Texts("AlarmTypes", request.AlarmTypes);
        writer.Text("ChildrenOfAlarmName", request.ChildrenOfAlarmName);
        writer.Number("MaxRecords", request.MaxRecords);
        writer.Text("NextToken", request.NextToken);
        writer.Text("ParentsOfAlarmName", request.ParentsOfAlarmName);
        writer.Text("StateValue", request.StateValue);
    }
}

public class DescribeAlarmsResponse : AmazonWebServiceResponse
{
    public List<CompositeAlarm> CompositeAlarms { get; set; } = Unset.List<CompositeAlarm>();

    public List<MetricAlarm> MetricAlarms { get; set; } = Unset.List<MetricAlarm>();

    public string NextToken { get; set; }

    internal static DescribeAlarmsResponse Read(XmlReading reading) => new()
    {
        CompositeAlarms = reading.Structures("CompositeAlarms", CompositeAlarm.Read),
        MetricAlarms = reading.Structures("MetricAlarms", MetricAlarm.Read),
        NextToken = reading.Text("NextToken"),
    };
}
