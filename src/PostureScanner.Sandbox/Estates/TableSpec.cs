namespace PostureScanner.Sandbox;

/// <summary>
/// A table as an estate describes it. What is left null takes AWS's default when the table is added and stays as it is when it is changed.
/// Times are ages: how long before the clock's now.
/// </summary>
public sealed record TableSpec(string Name)
{
    /// <summary>The estate's first account when null.</summary>
    public string? Account { get; init; }

    /// <summary>The estate's first region when null.</summary>
    public string? Region { get; init; }

    public TimeSpan? Created { get; init; }

    public string? Status { get; init; }

    public long? Items { get; init; }

    public long? Bytes { get; init; }

    /// <summary>STANDARD or STANDARD_INFREQUENT_ACCESS.</summary>
    public string? Class { get; init; }

    public bool? DeletionProtection { get; init; }

    /// <summary><c>aws-owned</c> (default), <c>aws-managed</c>, or the id, alias or ARN of a key.</summary>
    public string? Key { get; init; }

    public PitrSpec? Pitr { get; init; }

    /// <summary>EVENTUAL or STRONG; only shown on a table with replicas.</summary>
    public string? Consistency { get; init; }

    /// <summary>Each becomes a table of its own in the other region.</summary>
    public IReadOnlyList<ReplicaSpec>? Replicas { get; init; }

    /// <summary>Merged into what is there when a table is changed; a null value removes the tag, <c>ago(40d)</c> is the date 40 days ago.</summary>
    public IReadOnlyDictionary<string, string?>? Tags { get; init; }

    /// <summary>Added to what is there.</summary>
    public IReadOnlyList<BackupSpec>? Backups { get; init; }
}

/// <summary>Point-in-time recovery. A change that leaves it on keeps its beginning; switching it off and on begins anew.</summary>
public sealed record PitrSpec
{
    public static PitrSpec Off { get; } = new() { Enabled = false };

    public static PitrSpec On { get; } = new();

    public bool Enabled { get; init; } = true;

    /// <summary>How long ago it was switched on; since the table exists when null.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>1 to 35; 35 when null.</summary>
    public int? RecoveryPeriodInDays { get; init; }

    /// <summary>How far the newest restorable point lags behind the clock; 5 minutes when null.</summary>
    public TimeSpan? Latest { get; init; }
}

/// <summary>A replica in another region and what differs there.</summary>
public sealed record ReplicaSpec(string Region)
{
    public string? Status { get; init; }

    public bool? DeletionProtection { get; init; }

    public string? Key { get; init; }

    public PitrSpec? Pitr { get; init; }
}

/// <summary>An on-demand, system or AWS Backup backup of a table.</summary>
public sealed record BackupSpec(TimeSpan Created)
{
    public string? Name { get; init; }

    /// <summary>USER, SYSTEM or AWS_BACKUP.</summary>
    public string Type { get; init; } = "USER";

    /// <summary>CREATING, AVAILABLE or DELETED.</summary>
    public string Status { get; init; } = "AVAILABLE";

    /// <summary>How long until it expires, from now.</summary>
    public TimeSpan? ExpiresIn { get; init; }
}
