namespace PostureScanner.Sandbox;

internal static class DocumentedRate
{
    /// <summary>Calls per second, from the DynamoDB API reference, the KMS quotas and the DynamoDB tagging restrictions.</summary>
    public static IReadOnlyList<(string Operation, double PerSecond)> All { get; } =
    [
        ("dynamodb:DescribeContinuousBackups", 10),
        ("dynamodb:ListTagsOfResource", 10),
        ("dynamodb:ListBackups", 5),
        ("dynamodb:TagResource", 5),
        ("dynamodb:UntagResource", 5),
        ("dynamodb:DescribeLimits", 1.0 / 60),
        ("kms:DescribeKey", 2000),
        ("kms:ListKeys", 500),
        ("kms:ListAliases", 500),
        ("kms:GetKeyRotationStatus", 1000),
        ("kms:ListResourceTags", 2000),
    ];
}
