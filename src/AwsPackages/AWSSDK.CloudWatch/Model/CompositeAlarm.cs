using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch.Model;

public class CompositeAlarm
{
    public bool? ActionsEnabled { get; set; }

    public List<string> AlarmActions { get; set; } = Unset.List<string>();

    public string AlarmArn { get; set; }

    public DateTime? AlarmConfigurationUpdatedTimestamp { get; set; }

    public string AlarmDescription { get; set; }

    public string AlarmName { get; set; }

    public string AlarmRule { get; set; }

    public List<string> InsufficientDataActions { get; set; } = Unset.List<string>();

    public List<string> OKActions { get; set; } = Unset.List<string>();

    public string StateReason { get; set; }

    public string StateReasonData { get; set; }

    public DateTime? StateTransitionedTimestamp { get; set; }

    public DateTime? StateUpdatedTimestamp { get; set; }

    public StateValue StateValue { get; set; }

    internal static CompositeAlarm Read(XmlReading reading) => new()
    {
        ActionsEnabled = reading.Flag("ActionsEnabled"),
        AlarmActions = reading.Texts("AlarmActions"),
        AlarmArn = reading.Text("AlarmArn"),
        AlarmConfigurationUpdatedTimestamp = reading.Time("AlarmConfigurationUpdatedTimestamp"),
        AlarmDescription = reading.Text("AlarmDescription"),
        AlarmName = reading.Text("AlarmName"),
        AlarmRule = reading.Text("AlarmRule"),
        InsufficientDataActions = reading.Texts("InsufficientDataActions"),
        OKActions = reading.Texts("OKActions"),
        StateReason = reading.Text("StateReason"),
        StateReasonData = reading.Text("StateReasonData"),
        StateTransitionedTimestamp = reading.Time("StateTransitionedTimestamp"),
        StateUpdatedTimestamp = reading.Time("StateUpdatedTimestamp"),
        StateValue = reading.Text("StateValue"),
    };
}
