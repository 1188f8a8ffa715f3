namespace PostureScanner.Sandbox;

/// <summary>What happens to a call instead of its answer.</summary>
internal abstract record Fault
{
    public sealed record None : Fault;

    public sealed record Denied : Fault;

    public sealed record Throttled : Fault;

    public sealed record Failed(int Status, string Code) : Fault;

    public sealed record Garbled : Fault;

    public sealed record Closed : Fault;

    /// <summary>Only after the call was carried out: the client cannot know whether it was.</summary>
    public sealed record ClosedAfter : Fault;

    public sealed record Hung : Fault;
}

/// <summary>The call a fault is looked up for.</summary>
internal sealed record FaultSite(string Operation, string Name, string Account, string Region)
{
    /// <summary>The IAM action, which a denial may name instead of the operation.</summary>
    public string Action { get; init; } = Operation;

    /// <summary>What of the named thing: an object as <c>bucket/key</c>.</summary>
    public string? Part { get; init; }
}
