namespace PostureScanner.Sandbox;

/// <summary>A KMS key as an estate describes it. What is left null takes AWS's default, or stays as it is when the key is changed.</summary>
public sealed record KeySpec(string Id)
{
    /// <summary>With or without <c>alias/</c>.</summary>
    public string? Alias { get; init; }

    /// <summary>The estate's first account when null.</summary>
    public string? Account { get; init; }

    /// <summary>The estate's first region when null.</summary>
    public string? Region { get; init; }

    public TimeSpan? Created { get; init; }

    /// <summary>AWS or CUSTOMER.</summary>
    public string? Manager { get; init; }

    /// <summary>Enabled, Disabled, PendingDeletion, Unavailable, ...</summary>
    public string? State { get; init; }

    /// <summary>Time until deletion, from now; makes the state PendingDeletion.</summary>
    public TimeSpan? DeletesIn { get; init; }

    /// <summary><c>none</c>, <c>primary</c> or <c>replica</c>; keys of one id in several regions belong together.</summary>
    public string? MultiRegion { get; init; }

    public bool? Rotation { get; init; }

    /// <summary>SYMMETRIC_DEFAULT, ECC_NIST_P256 or RSA_2048.</summary>
    public string? Spec { get; init; }

    /// <summary>ENCRYPT_DECRYPT or SIGN_VERIFY; what a key of another spec than AWS's default is for unless it says so.</summary>
    public string? Usage { get; init; }

    /// <summary>Merged into what is there when a key is changed; a null value removes the tag, <c>ago(40d)</c> is the date 40 days ago.</summary>
    public IReadOnlyDictionary<string, string?>? Tags { get; init; }

    /// <summary>Other accounts that may describe the key.</summary>
    public IReadOnlyList<string>? ReadableBy { get; init; }
}
