using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch.Model;

public class MetricAlarm
{
    public bool? ActionsEnabled { get; set; }

    public List<string> AlarmActions { get; set; } = Unset.List<string>();

    public string AlarmArn { get; set; }

    public DateTime? AlarmConfigurationUpdatedTimestamp { get; set; }

    public string AlarmDescription { get; set; }

    public string AlarmName { get; set; }

    public ComparisonOperator ComparisonOperator { get; set; }

    public int? DatapointsToAlarm { get; set; }

    public List<Dimension> Dimensions { get; set; } = Unset.List<Dimension>();

    public string EvaluateLowSampleCountPercentile { get; set; }

    public int? EvaluationPeriods { get; set; }

    public EvaluationState EvaluationState { get; set; }

    public string ExtendedStatistic { get; set; }

    public List<string> InsufficientDataActions { get; set; } = Unset.List<string>();

    public string MetricName { get; set; }

    public List<MetricDataQuery> Metrics { get; set; } = Unset.List<MetricDataQuery>();

    public string Namespace { get; set; }

    public List<string> OKActions { get; set; } = Unset.List<string>();

    /// <summary>Seconds.</summary>
    public int? Period { get; set; }

    public string StateReason { get; set; }

    public string StateReasonData { get; set; }

    public DateTime? StateTransitionedTimestamp { get; set; }

    public DateTime? StateUpdatedTimestamp { get; set; }

    public StateValue StateValue { get; set; }

    public Statistic Statistic { get; set; }

    public double? Threshold { get; set; }

    public string ThresholdMetricId { get; set; }

    public string TreatMissingData { get; set; }

    public StandardUnit Unit { get; set; }

    internal static MetricAlarm Read(XmlReading reading) => new()
    {
        ActionsEnabled = reading.Flag("ActionsEnabled"),
        AlarmActions = reading.Texts("AlarmActions"),
        AlarmArn = reading.Text("AlarmArn"),
        AlarmConfigurationUpdatedTimestamp = reading.Time("AlarmConfigurationUpdatedTimestamp"),
        AlarmDescription = reading.Text("AlarmDescription"),
        AlarmName = reading.Text("AlarmName"),
        ComparisonOperator = reading.Text("ComparisonOperator"),
        DatapointsToAlarm = reading.Number("DatapointsToAlarm"),
        Dimensions = reading.Structures("Dimensions", Dimension.Read),
        EvaluateLowSampleCountPercentile = reading.Text("EvaluateLowSampleCountPercentile"),
        EvaluationPeriods = reading.Number("EvaluationPeriods"),
        EvaluationState = reading.Text("EvaluationState"),
        ExtendedStatistic = reading.Text("ExtendedStatistic"),
        InsufficientDataActions = reading.Texts("InsufficientDataActions"),
        MetricName = reading.Text("MetricName"),
        Metrics = reading.Structures("Metrics", MetricDataQuery.Read),
        Namespace = reading.Text("Namespace"),
        OKActions = reading.Texts("OKActions"),
        Period = reading.Number("Period"),
        StateReason = reading.Text("StateReason"),
        StateReasonData = reading.Text("StateReasonData"),
        StateTransitionedTimestamp = reading.Time("StateTransitionedTimestamp"),
        StateUpdatedTimestamp = reading.Time("StateUpdatedTimestamp"),
        StateValue = reading.Text("StateValue"),
        Statistic = reading.Text("Statistic"),
        Threshold = reading.Decimal("Threshold"),
        ThresholdMetricId = reading.Text("ThresholdMetricId"),
        TreatMissingData = reading.Text("TreatMissingData"),
        Unit = reading.Text("Unit"),
    };
}
