namespace PostureScanner.Sandbox;

/// <summary>
/// A bucket as an estate describes it. What is left null takes AWS's default for a new bucket when it is added
/// (AES256, public access blocked, no versioning) and stays as it is when it is changed. Times are ages.
/// </summary>
public sealed record BucketSpec(string Name)
{
    /// <summary>The estate's first account when null.</summary>
    public string? Account { get; init; }

    /// <summary>The estate's first region when null.</summary>
    public string? Region { get; init; }

    public TimeSpan? Created { get; init; }

    /// <summary><c>enabled</c>, <c>suspended</c> or <c>off</c> (never configured).</summary>
    public string? Versioning { get; init; }

    public bool? MfaDelete { get; init; }

    /// <summary><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</summary>
    public string? Encryption { get; init; }

    /// <summary><c>aws-managed</c> (default for aws:kms), or the id, alias or ARN of a key.</summary>
    public string? Key { get; init; }

    public bool? BucketKey { get; init; }

    /// <summary>Replaces what is there; an empty list removes the configuration.</summary>
    public IReadOnlyList<ReplicationRuleSpec>? Replication { get; init; }

    /// <summary>Replaces what is there; an empty list removes the configuration.</summary>
    public IReadOnlyList<LifecycleRuleSpec>? Lifecycle { get; init; }

    public ObjectLockSpec? ObjectLock { get; init; }

    /// <summary>The settings that are on, of <see cref="AllPublicAccess"/>; an empty list means that nothing was ever configured.</summary>
    public IReadOnlyList<string>? PublicAccessBlock { get; init; }

    /// <summary>Merged into what is there when a bucket is changed; a null value removes the tag, <c>ago(40d)</c> is the date 40 days ago.</summary>
    public IReadOnlyDictionary<string, string?>? Tags { get; init; }

    /// <summary>Other accounts that may read the bucket's configuration.</summary>
    public IReadOnlyList<string>? ReadableBy { get; init; }

    /// <summary>The four bucket-level settings, by AWS's names.</summary>
    public static IReadOnlyList<string> AllPublicAccess { get; } = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
}

/// <summary>One replication rule. With neither prefix nor tags it covers the whole bucket.</summary>
public sealed record ReplicationRuleSpec(string To)
{
    public string? Id { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>1 is the old form, with the prefix beside the rule and no filter; 2 the present one.</summary>
    public int Version { get; init; } = 2;

    public int? Priority { get; init; }

    public string? Prefix { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The destination's account, where the rule names it.</summary>
    public string? Account { get; init; }

    public string? StorageClass { get; init; }

    public bool DeleteMarkers { get; init; }

    /// <summary>Whether objects under KMS keys are replicated; null leaves the element out.</summary>
    public bool? KmsObjects { get; init; }

    public string? ReplicaKey { get; init; }

    /// <summary>Replication time control (15 minutes); it carries metrics with it.</summary>
    public bool TimeControl { get; init; }

    public bool Metrics { get; init; }
}

/// <summary>One lifecycle rule; spans are whole days.</summary>
public sealed record LifecycleRuleSpec
{
    public string? Id { get; init; }

    public bool Enabled { get; init; } = true;

    public string? Prefix { get; init; }

    public TimeSpan? Expire { get; init; }

    public TimeSpan? ExpireNoncurrent { get; init; }

    public int? KeepNoncurrent { get; init; }

    public TimeSpan? TransitionAfter { get; init; }

    public string TransitionTo { get; init; } = "GLACIER";

    public TimeSpan? AbortUploads { get; init; }
}

/// <summary>Object Lock; without a mode it is on but has no default retention.</summary>
public sealed record ObjectLockSpec
{
    /// <summary>GOVERNANCE or COMPLIANCE.</summary>
    public string? Mode { get; init; }

    public int? Days { get; init; }

    public int? Years { get; init; }
}
