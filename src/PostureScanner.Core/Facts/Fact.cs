using System.Collections.Immutable;

namespace PostureScanner.Core.Facts;

/// <summary>A question put to AWS, and the IAM action that allows it.</summary>
/// <param name="Operation">Service and API operation, such as <c>s3:GetBucketEncryption</c>.</param>
/// <param name="Permission">The IAM action, which is not always the operation's name; null where AWS asks for none.</param>
public sealed record Call(string Operation, string? Permission);

/// <summary>One row of a fact table: a noun and a property that can be read of every resource of a kind.</summary>
/// <param name="Name"><c>noun.property</c> in kebab-case, in the positive sense.</param>
/// <param name="Meaning">One line, with the unit where there is one.</param>
/// <param name="Calls">Every call the reading may need, the deciding one first.</param>
/// <param name="WhenAbsent">What "not configured" means for this fact; null where AWS always answers with a value.</param>
/// <param name="Worse">When a change of the value weakens protection; null where no change does.</param>
public sealed record Fact(string Name, FactType Type, string Meaning, ImmutableArray<Call> Calls, string? WhenAbsent, Worse? Worse)
{
    /// <summary>A family stands for every fact that starts with its name up to the star: <c>tags.*</c>.</summary>
    public bool IsFamily => Name.EndsWith(".*", StringComparison.Ordinal);

    /// <summary>The part of a family's name that its members share, with the dot.</summary>
    public string Prefix => IsFamily ? Name[..^1] : throw new InvalidOperationException($"{Name} is not a family.");
}
