namespace PostureScanner.Sandbox.Wire;

/// <summary>A request that was understood: which operation, on what, by which account, in which region.</summary>
sealed record Call(Request Request, Operation Operation, string Account, string Region, string Name)
{
    public required Estate Estate { get; init; }

    public required SandboxOptions Options { get; init; }

    /// <summary>Listed, yet not there when asked for.</summary>
    public bool Vanished { get; init; }

    public World World
    {
        get => Estate.World;
        set => Estate.World = value;
    }

    public DateTimeOffset Now => Estate.Now;
}
