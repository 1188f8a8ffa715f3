using System.Collections.Immutable;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Metrics;

/// <summary>Single resources' switches, for the resources that a setting selects.</summary>
internal static class ResourceMetrics
{
    public static IEnumerable<Metric> Of(Report report, Vocabulary vocabulary, ImmutableArray<string> patterns, Meter meter)
    {
        if (patterns.IsEmpty)
            return [];
        var dimensions = vocabulary.Tables.Where(t => t.ResourceDimension is not null).ToDictionary(t => t.Kind, t => t.ResourceDimension!, StringComparer.Ordinal);
        // Resources of one name are one series, of which the worst is told.
        return Switches(report)
            .Where(s => dimensions.ContainsKey(s.Resource.Kind) && patterns.Any(p => Glob.Matches(p, s.Resource)))
            .GroupBy(s => (Name: NameOf(s.Fact), Dimension: dimensions[s.Resource.Kind], Resource: s.Resource.Name))
            .Select(g => meter.Switch(g.Key.Name, g.All(s => s.Value), (g.Key.Dimension, g.Key.Resource)));
    }

    /// <summary><c>deletion-protection.enabled</c> is <c>DeletionProtectionEnabled</c>.</summary>
    public static string NameOf(string fact) => string.Concat(fact.Split('.', '-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Every switch that was read. Drift keeps those that can weaken; the others only a policy can have asked for.</summary>
    private static IEnumerable<(Resource Resource, string Fact, bool Value)> Switches(Report report) =>
        report.Readings.Values.SelectMany(r => r.Values.Select(v => (r.Resource, Fact: v.Key, v.Value)))
            .Concat(report.Findings.SelectMany(f => f.Policy.Facts.Zip(f.Readings, (fact, reading) => (f.Resource, Fact: fact.Name, Value: reading.IsKnown(out var value) ? value : null))))
            .Where(s => s.Value is FactValue.Flag)
            .Select(s => (s.Resource, s.Fact, ((FactValue.Flag)s.Value!).Value));
}
