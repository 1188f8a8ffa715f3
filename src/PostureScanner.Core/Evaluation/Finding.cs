using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evaluation;

/// <summary>What one policy says of one resource, with the readings it was decided on.</summary>
/// <param name="Verdict">After waivers.</param>
/// <param name="Waiver">Set where <paramref name="Verdict"/> is waived.</param>
/// <param name="Readings">One for each of the policy's facts, in their order.</param>
/// <param name="Message">What was read, and what was required.</param>
public sealed record Finding(
    Policy Policy, Resource Resource, Verdict Verdict, Waiver? Waiver, ImmutableArray<Reading<FactValue>> Readings, string Message)
{
    /// <summary>The same for the same policy and resource in every scan: the first 32 hex digits of SHA-256(policy, newline, ARN).</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Policy.Id}\n{Resource.Arn}")).AsSpan(0, 16));

    /// <summary>The policy's fix, for this resource.</summary>
    public string Fix => FixText.For(Policy.Fix, Resource);
}

/// <summary>The order of findings everywhere: verdict, severity, policy, ARN.</summary>
public sealed class FindingOrder : IComparer<Finding>
{
    public static readonly FindingOrder Instance = new();

    public int Compare(Finding? x, Finding? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byRank = (x.Verdict, x.Policy.Severity).CompareTo((y.Verdict, y.Policy.Severity));
        if (byRank != 0)
            return byRank;
        var byPolicy = string.CompareOrdinal(x.Policy.Id, y.Policy.Id);
        return byPolicy != 0 ? byPolicy : string.CompareOrdinal(x.Resource.Arn, y.Resource.Arn);
    }
}
