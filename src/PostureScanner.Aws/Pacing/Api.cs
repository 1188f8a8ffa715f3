namespace PostureScanner.Aws.Pacing;

/// <summary>One AWS operation in one account and region: the unit by which AWS counts and throttles.</summary>
/// <param name="Operation">Service and operation, such as <c>dynamodb:DescribeTable</c>.</param>
internal readonly record struct Api(string Operation, string Account, string Region)
{
    /// <summary>Whatever answers, or does not: a service in a region.</summary>
    public (string Service, string Account, string Region) Endpoint => (Operation[..Operation.IndexOf(':', StringComparison.Ordinal)], Account, Region);
}
