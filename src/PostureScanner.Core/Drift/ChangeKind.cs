namespace PostureScanner.Core.Drift;

/// <summary>Every way in which an estate can be otherwise than at the scan before.</summary>
public enum ChangeKind
{
    /// <summary>pass or not-applicable, now fail.</summary>
    Regressed,

    /// <summary>fail, now pass.</summary>
    Recovered,

    /// <summary>pass or fail, now not-applicable: a way out of a policy.</summary>
    LeftScope,

    /// <summary>waived, now fail: the waiver ran out.</summary>
    WaiverExpired,

    /// <summary>Anything, now waived.</summary>
    Waived,

    /// <summary>Decided, now unknown.</summary>
    BecameUnknown,

    /// <summary>unknown, now the verdict there was before.</summary>
    BecameKnown,

    /// <summary>A resource that was not there.</summary>
    Appeared,

    /// <summary>A complete listing no longer has the resource.</summary>
    Disappeared,

    /// <summary>The same ARN, another incarnation: dropped and created again, empty.</summary>
    Replaced,

    /// <summary>The restorable window begins anew: all the history that had been seen is gone.</summary>
    WindowReset,

    /// <summary>A fact got worse while no finding that reads it regressed.</summary>
    Weakened,

    /// <summary>A policy, or the waivers, are not what they were.</summary>
    PolicyChanged,

    /// <summary>An account or region can no longer be listed.</summary>
    TargetLost,

    /// <summary>An account or region can be listed again.</summary>
    TargetBack,

    /// <summary>A finding that changes so often that it is said once and then left alone until it settles.</summary>
    Flapping,
}

/// <summary>The words of the contract for changes.</summary>
public static class ChangeWords
{
    public static string Word(this ChangeKind kind) => kind switch
    {
        ChangeKind.Regressed => "regressed",
        ChangeKind.Recovered => "recovered",
        ChangeKind.LeftScope => "left-scope",
        ChangeKind.WaiverExpired => "waiver-expired",
        ChangeKind.Waived => "waived",
        ChangeKind.BecameUnknown => "became-unknown",
        ChangeKind.BecameKnown => "became-known",
        ChangeKind.Appeared => "appeared",
        ChangeKind.Disappeared => "disappeared",
        ChangeKind.Replaced => "replaced",
        ChangeKind.WindowReset => "window-reset",
        ChangeKind.Weakened => "weakened",
        ChangeKind.PolicyChanged => "policy-changed",
        ChangeKind.TargetLost => "target-lost",
        ChangeKind.TargetBack => "target-back",
        _ => "flapping",
    };
}
