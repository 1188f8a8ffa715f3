using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudWatch;

/// <summary>CloudWatch's refusals.</summary>
internal static class Invalid
{
    public static AwsError Missing(string parameter) => new(400, "MissingParameter", $"The parameter {parameter} is required.");

    public static AwsError Value(string parameter, string? value) => Message($"The value {value} for parameter {parameter} is invalid.");

    public static AwsError Message(string message) => new(400, "InvalidParameterValue", message);

    public static AwsError TooMany(string parameter, int most) => Message($"The collection {parameter} must not have a size greater than {most.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");

    public static AwsError Both(string one, string other) =>
        new(400, "InvalidParameterCombination", $"The parameters {one} and {other} are mutually exclusive and you have specified both.");
}
