using Amazon.Runtime;

namespace Amazon.CloudWatch;

public class AlarmType(string value) : ConstantClass(value)
{
    public static readonly AlarmType CompositeAlarm = new("CompositeAlarm");
    public static readonly AlarmType MetricAlarm = new("MetricAlarm");

    public static AlarmType FindValue(string value) => FindValue<AlarmType>(value);

    public static implicit operator AlarmType(string value) => FindValue(value);
}

public class ComparisonOperator(string value) : ConstantClass(value)
{
    public static readonly ComparisonOperator GreaterThanOrEqualToThreshold = new("GreaterThanOrEqualToThreshold");
    public static readonly ComparisonOperator GreaterThanThreshold = new("GreaterThanThreshold");
    public static readonly ComparisonOperator GreaterThanUpperThreshold = new("GreaterThanUpperThreshold");
    public static readonly ComparisonOperator LessThanLowerOrGreaterThanUpperThreshold = new("LessThanLowerOrGreaterThanUpperThreshold");
    public static readonly ComparisonOperator LessThanLowerThreshold = new("LessThanLowerThreshold");
    public static readonly ComparisonOperator LessThanOrEqualToThreshold = new("LessThanOrEqualToThreshold");
    public static readonly ComparisonOperator LessThanThreshold = new("LessThanThreshold");

    public static ComparisonOperator FindValue(string value) => FindValue<ComparisonOperator>(value);

    public static implicit operator ComparisonOperator(string value) => FindValue(value);
}

public class EvaluationState(string value) : ConstantClass(value)
{
    public static readonly EvaluationState EVALUATION_ERROR = new("EVALUATION_ERROR");
    public static readonly EvaluationState EVALUATION_FAILURE = new("EVALUATION_FAILURE");
    public static readonly EvaluationState PARTIAL_DATA = new("PARTIAL_DATA");

    public static EvaluationState FindValue(string value) => FindValue<EvaluationState>(value);

    public static implicit operator EvaluationState(string value) => FindValue(value);
}

public class ScanBy(string value) : ConstantClass(value)
{
    public static readonly ScanBy TimestampAscending = new("TimestampAscending");
    public static readonly ScanBy TimestampDescending = new("TimestampDescending");

    public static ScanBy FindValue(string value) => FindValue<ScanBy>(value);

    public static implicit operator ScanBy(string value) => FindValue(value);
}

public class StandardUnit(string value) : ConstantClass(value)
{
    public static readonly StandardUnit Bits = new("Bits");
    public static readonly StandardUnit BitsSecond = new("Bits/Second");
    public static readonly StandardUnit Bytes = new("Bytes");
    public static readonly StandardUnit BytesSecond = new("Bytes/Second");
    public static readonly StandardUnit Count = new("Count");
    public static readonly StandardUnit CountSecond = new("Count/Second");
    public static readonly StandardUnit Gigabits = new("Gigabits");
    public static readonly StandardUnit GigabitsSecond = new("Gigabits/Second");
    public static readonly StandardUnit Gigabytes = new("Gigabytes");
    public static readonly StandardUnit GigabytesSecond = new("Gigabytes/Second");
    public static readonly StandardUnit Kilobits = new("Kilobits");
    public static readonly StandardUnit KilobitsSecond = new("Kilobits/Second");
    public static readonly StandardUnit Kilobytes = new("Kilobytes");
    public static readonly StandardUnit KilobytesSecond = new("Kilobytes/Second");
    public static readonly StandardUnit Megabits = new("Megabits");
    public static readonly StandardUnit MegabitsSecond = new("Megabits/Second");
    public static readonly StandardUnit Megabytes = new("Megabytes");
    public static readonly StandardUnit MegabytesSecond = new("Megabytes/Second");
    public static readonly StandardUnit Microseconds = new("Microseconds");
    public static readonly StandardUnit Milliseconds = new("Milliseconds");
    public static readonly StandardUnit None = new("None");
    public static readonly StandardUnit Percent = new("Percent");
    public static readonly StandardUnit Seconds = new("Seconds");
    public static readonly StandardUnit Terabits = new("Terabits");
    public static readonly StandardUnit TerabitsSecond = new("Terabits/Second");
    public static readonly StandardUnit Terabytes = new("Terabytes");
    public static readonly StandardUnit TerabytesSecond = new("Terabytes/Second");

    public static StandardUnit FindValue(string value) => FindValue<StandardUnit>(value);

    public static implicit operator StandardUnit(string value) => FindValue(value);
}

public class StateValue(string value) : ConstantClass(value)
{
    public static readonly StateValue ALARM = new("ALARM");
    public static readonly StateValue INSUFFICIENT_DATA = new("INSUFFICIENT_DATA");
    public static readonly StateValue OK = new("OK");

    public static StateValue FindValue(string value) => FindValue<StateValue>(value);

    public static implicit operator StateValue(string value) => FindValue(value);
}

public class Statistic(string value) : ConstantClass(value)
{
    public static readonly Statistic Average = new("Average");
    public static readonly Statistic Maximum = new("Maximum");
    public static readonly Statistic Minimum = new("Minimum");
    public static readonly Statistic SampleCount = new("SampleCount");
    public static readonly Statistic Sum = new("Sum");

    public static Statistic FindValue(string value) => FindValue<Statistic>(value);

    public static implicit operator Statistic(string value) => FindValue(value);
}

public class StatusCode(string value) : ConstantClass(value)
{
    public static readonly StatusCode Complete = new("Complete");
    public static readonly StatusCode Forbidden = new("Forbidden");
    public static readonly StatusCode InternalError = new("InternalError");
    public static readonly StatusCode PartialData = new("PartialData");

    public static StatusCode FindValue(string value) => FindValue<StatusCode>(value);

    public static implicit operator StatusCode(string value) => FindValue(value);
}
