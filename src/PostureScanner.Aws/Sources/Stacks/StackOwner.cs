using System.Collections.Immutable;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>Which stack made a resource, and what its template calls the resource.</summary>
internal sealed record StackOwner(StackId Stack, string LogicalId)
{
    public const string StackIdTag = "aws:cloudformation:stack-id";
    public const string LogicalIdTag = "aws:cloudformation:logical-id";

    /// <summary>CloudFormation sets both tags, and nobody else can set or remove either.</summary>
    public static bool IsNamedIn(ImmutableSortedDictionary<string, string> tags) => tags.ContainsKey(StackIdTag) || tags.ContainsKey(LogicalIdTag);

    /// <summary>Null where the tags make no sense.</summary>
    public static StackOwner? In(ImmutableSortedDictionary<string, string> tags) =>
        StackId.Of(tags.GetValueOrDefault(StackIdTag)) is { } stack && tags.GetValueOrDefault(LogicalIdTag) is { Length: > 0 } logicalId
            ? new StackOwner(stack, logicalId)
            : null;
}
