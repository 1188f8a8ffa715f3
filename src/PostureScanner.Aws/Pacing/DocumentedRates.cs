using System.Collections.Frozen;

namespace PostureScanner.Aws.Pacing;

/// <summary>Requests a second that AWS documents per account and region. Where it documents none, only a throttle slows us down, with one exception.</summary>
internal static class DocumentedRates
{
    private static readonly FrozenDictionary<string, double> PerSecond = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        // Amazon DynamoDB API Reference, the operations' own pages.
        ["dynamodb:DescribeContinuousBackups"] = 10,
        ["dynamodb:ListTagsOfResource"] = 10,
        // AWS KMS Developer Guide, "Request quotas"; the lowest of the regional values.
        ["kms:DescribeKey"] = 2000,
        ["kms:ListResourceTags"] = 2000,
        // AWS documents none for CloudFormation, and throttles early. Deployments live on the same quota: a scan must not make one fail.
        ["cloudformation:DescribeStacks"] = 2,
        ["cloudformation:GetTemplate"] = 2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static double Of(string operation, Pace pace) => pace == Pace.Off || !PerSecond.TryGetValue(operation, out var rate)
        ? double.PositiveInfinity
        : pace == Pace.Full ? rate : rate * 0.8;
}
