using System.Collections.Immutable;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Drift;

/// <summary>One thing that is otherwise than at the scan before.</summary>
/// <param name="Target">Null where the change is a policy's.</param>
/// <param name="Resource">Null where the change is a whole target's or a policy's.</param>
/// <param name="PolicyId">Null where the change is the resource's own.</param>
/// <param name="Fact">The fact that got worse; null for other changes.</param>
/// <param name="Before">A verdict, or a fact's value; null where there was none.</param>
/// <param name="After">A verdict, or a fact's value; null where there is none.</param>
/// <param name="Alerts">Whether somebody should be told now.</param>
public sealed record Change(
    ChangeKind Kind, Severity Severity, Target? Target, Resource? Resource, string? PolicyId, string? Fact, string? Before, string? After, string Message, bool Alerts)
{
    /// <summary>The kind of the resource, or of all the resources that a whole target's change is about.</summary>
    public string? ResourceKind { get => field ?? Resource?.Kind; init; }

    /// <summary>Every region in which the same happened to copies of the resource, its own included; empty where it is one resource's change.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>The same for the same change since the same scan, however often it is told; null where no alert is due.</summary>
    public string? AlertId { get; init; }
}

/// <summary>What a comparison found, and what the next scan is compared with.</summary>
/// <param name="Changes">Worst first.</param>
/// <param name="Baselines">Targets and kinds seen for the first time: nothing of theirs is a change.</param>
/// <param name="Alerts">What somebody is to be told: of changes, of the baseline, and of what has failed for long.</param>
public sealed record DriftResult(ImmutableArray<Change> Changes, ImmutableArray<TargetState> Baselines, ImmutableArray<Alert> Alerts, Snapshot After);
