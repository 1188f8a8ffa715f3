namespace PostureScanner.Sandbox.Wire;

/// <summary>A request that was understood: which operation, on what, by which account, in which region.</summary>
internal sealed record Call(Request Request, Operation Operation, string Account, string Region, string Name)
{
    public required Estate Estate { get; init; }

    public required SandboxOptions Options { get; init; }

    /// <summary>The estate as it was when the request arrived: what differs now was done by others meanwhile.</summary>
    public required World Arrived { get; init; }

    /// <summary>Whether the caller lacks a further action, named as IAM does, on the same subject: some answers depend on it.</summary>
    public required Func<string, bool> Lacks { get; init; }

    /// <summary>Listed, yet not there when asked for.</summary>
    public bool Vanished { get; init; }

    public World World
    {
        get => Estate.World;
        set => Estate.World = value;
    }

    public DateTimeOffset Now => Estate.Now;
}
