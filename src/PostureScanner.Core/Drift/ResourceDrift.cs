using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using Values = System.Collections.Immutable.ImmutableSortedDictionary<string, PostureScanner.Core.Facts.FactValue?>;

namespace PostureScanner.Core.Drift;

/// <summary>Changes of a resource itself: it comes, goes, is another one, or its facts get worse.</summary>
internal static class ResourceDrift
{
    private const string NotConfigured = "not configured";

    /// <summary>One of the facts that tell incarnations apart was read both times, and differs.</summary>
    public static bool IsReplaced(FactTable table, Values before, Values after) =>
        table.Incarnation.Any(name => Known(before, name) is { } then && Known(after, name) is { } now && then != now);

    /// <param name="findings">Of the new one: what fails of it is told with it.</param>
    public static Change Replaced(Resource resource, IEnumerable<Finding> findings)
    {
        var failing = findings.Where(FindingDrift.IsAlertable).Select(f => f.Policy.Id).ToList();
        var now = failing.Count == 0 ? "" : $"; now it fails {string.Join(", ", failing)}";
        return Own(ChangeKind.Replaced, Severity.Critical, resource, $"was deleted and created again under the same name: what it held is gone from it{now}", alerts: true);
    }

    /// <param name="isYoung">The alert about what fails waits until the resource is older than the grace.</param>
    public static Change Appeared(Resource resource, IEnumerable<Finding> findings, bool isYoung)
    {
        var failing = findings.Where(FindingDrift.IsAlertable).ToList();
        var message = failing.Count == 0 ? "is new, and nothing about it fails" : $"is new, and fails {string.Join(", ", failing.Select(f => f.Policy.Id))}";
        return Own(ChangeKind.Appeared, failing.Select(f => f.Policy.Severity).DefaultIfEmpty(Severity.Low).Min(), resource, message, alerts: failing.Count > 0 && !isYoung);
    }

    public static Change Disappeared(ResourceState state, FactTable? table, DateTimeOffset lastSeen) => Own(
        ChangeKind.Disappeared, Severity.High, state.Resource, $"is no longer listed; {table?.WhenGone?.Invoke(state.Resource, state.Facts, lastSeen) ?? "nothing is known of a way back"}", alerts: true);

    /// <param name="told">The findings that are told already: a fact behind them need not be told again.</param>
    public static IEnumerable<Change> Of(
        FactTable table, Resource resource, Values before, Values after, IReadOnlyList<Finding> told, DateTimeOffset now)
    {
        if (table.Window is { } window && IsReset(window, before, after, now))
            yield return Own(ChangeKind.WindowReset, Severity.Critical, resource, $"its restorable window begins anew at {Known(after, window.Earliest)}: all earlier history is gone", alerts: true);

        var toldFacts = told.SelectMany(f => f.Policy.Facts).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var fact in table.Facts.Where(f => f.Worse is not null && !toldFacts.Contains(f.Name)))
        {
            if (before.TryGetValue(fact.Name, out var then) && after.TryGetValue(fact.Name, out var value) && fact.Worse!.IsWorse(then, value))
            {
                yield return new Change(
                    ChangeKind.Weakened, Severity.Medium, resource.Target, resource, null, fact.Name, then?.ToString(), value?.ToString(), $"{fact.Name} was {then?.ToString() ?? NotConfigured}, is {value?.ToString() ?? NotConfigured}", Alerts: true);
            }
        }
    }

    // Reset: recovery stayed on and the resource is the same, yet its window begins after all that could be restored at the last scan.
    private static bool IsReset(RestoreWindow window, Values before, Values after, DateTimeOffset now) =>
        Known(before, window.Enabled) is FactValue.Flag { Value: true }
        && Known(after, window.Enabled) is FactValue.Flag { Value: true }
        && Known(before, window.Created) is { } created && created == Known(after, window.Created)
        && Known(after, window.Earliest) is FactValue.Instant earliest
        && Known(before, window.Latest) is FactValue.Instant latest
        && Known(after, window.Period) is FactValue.Duration period
        && earliest.Value > latest.Value
        && earliest.Value > now - period.Value + DriftRules.WindowSlack;

    private static FactValue? Known(Values values, string name) => values.GetValueOrDefault(name);

    private static Change Own(ChangeKind kind, Severity severity, Resource resource, string message, bool alerts) =>
        new(kind, severity, resource.Target, resource, null, null, null, null, message, alerts);
}
