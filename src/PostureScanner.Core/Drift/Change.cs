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
    ChangeKind Kind, Severity Severity, Target? Target, Resource? Resource, string? PolicyId, string? Fact, string? Before, string? After, string Message, bool Alerts);

/// <summary>What a comparison found, and what the next scan is compared with.</summary>
/// <param name="Changes">Worst first.</param>
/// <param name="Baselines">Targets and kinds seen for the first time: nothing of theirs is a change.</param>
public sealed record DriftResult(ImmutableArray<Change> Changes, ImmutableArray<TargetState> Baselines, Snapshot After);
