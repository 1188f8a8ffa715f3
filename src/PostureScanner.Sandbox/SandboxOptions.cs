namespace PostureScanner.Sandbox;

/// <summary>How a <see cref="SandboxServer"/> listens and pages.</summary>
public sealed record SandboxOptions
{
    /// <summary>0 lets the system choose a free port.</summary>
    public int Port { get; init; }

    /// <summary>Tells the time of the estate: ages, restorable windows, token buckets and the Date header.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The most names one ListTables answer carries, 1 to 100, whatever Limit asks for.</summary>
    public int TablesPerPage { get; init; } = 100;

    /// <summary>The most buckets one ListBuckets answer carries, 1 to 10,000, whatever max-buckets asks for.</summary>
    public int BucketsPerPage { get; init; } = 10_000;

    /// <summary>The most objects one ListObjectsV2 answer carries, 1 to 1,000, whatever max-keys asks for.</summary>
    public int ObjectsPerPage { get; init; } = 1000;

    /// <summary>The most stacks, or resources of a stack, that one answer of CloudFormation carries.</summary>
    public int StacksPerPage { get; init; } = 100;

    /// <summary>The most backups one ListBackups answer carries, 1 to 100, whatever Limit asks for.</summary>
    public int BackupsPerPage { get; init; } = 100;
}
