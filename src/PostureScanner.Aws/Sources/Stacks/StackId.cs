using PostureScanner.Aws.Clients;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>A stack's ARN, taken apart. A stack of the same name, created again, has another.</summary>
internal sealed record StackId(string Arn, string Region, string Name)
{
    /// <summary>Null where the text is no stack's ARN. Its region becomes part of a host name, so it has to be one.</summary>
    public static StackId? Of(string? text) =>
        text?.Split(':') is ["arn", _, "cloudformation", var region, { Length: > 0 }, var stack]
        && Regions.IsName(region)
        && stack.Split('/') is ["stack", { Length: > 0 } name, { Length: > 0 }]
            ? new StackId(text, region, name)
            : null;
}
