using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Drift;

/// <summary>Scans of a few boxes, and what drift makes of one after the other.</summary>
internal static class Scans
{
    /// <summary>The boxes' table, with everything drift can look at.</summary>
    public static readonly FactTable Guarded = new(
        Boxes.Kind,
        Boxes.Table.Listing,
        [
            .. Boxes.Table.Facts,
            Row("box.guarded", FactType.Flag, Worse.False), Row("box.copies", FactType.List, Worse.LostElement),
            Row("box.earliest", FactType.Instant), Row("box.latest", FactType.Instant), Row("box.period", FactType.Duration),
        ],
        ["box.made"],
        new RestoreWindow("lid.closed", "box.made", "box.earliest", "box.latest", "box.period")) { Copies = "box.copies", Created = "box.made" };

    public static readonly Vocabulary Vocabulary = new([Guarded]);

    public static ImmutableArray<DriftResult> Run(params IEnumerable<Observation> scans) => Run(DriftRules.Default, scans);

    public static ImmutableArray<DriftResult> Run(DriftRules rules, params IEnumerable<Observation> scans)
    {
        var results = ImmutableArray.CreateBuilder<DriftResult>();
        foreach (var scan in scans)
            results.Add(DriftEngine.Compare(results.LastOrDefault()?.After, scan, Vocabulary, rules));
        return results.ToImmutable();
    }

    /// <summary>A whole listing of one target, with these findings.</summary>
    public static Observation Scan(int hour, params IEnumerable<Finding> findings)
    {
        ImmutableArray<Finding> all = [.. findings];
        return new Observation(
            $"scan-{hour}",
            Boxes.Now.AddHours(hour),
            Rules.Set([.. all.Select(f => f.Policy).DistinctBy(p => p.Id).OrderBy(p => p.Id, StringComparer.Ordinal)]),
            [.. all.Select(f => f.Resource.Target).Append(Boxes.Home).Distinct().Order().Select(t => new Listing(t, Boxes.Kind, 1, Complete: true, null))],
            all,
            ImmutableSortedDictionary<string, ResourceReading>.Empty);
    }

    public static Finding Finding(Policy policy, Verdict verdict, string name = "box-1", string? region = null) =>
        new(policy, region is null ? Boxes.Box(name) : Copy(name, region), verdict, null, [], "what was read");

    /// <summary>A box of the same name in another region.</summary>
    public static Resource Copy(string name, string region) => Boxes.Box(name, Boxes.Home with { Region = region }) with { Arn = $"arn:box:{region}:{name}" };

    private static Fact Row(string name, FactType type, Worse? worse = null) => new(name, type, name, [new Call("box:Describe", null)], null, worse);
}
