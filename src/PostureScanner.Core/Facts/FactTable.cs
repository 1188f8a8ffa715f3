using System.Collections.Frozen;
using System.Collections.Immutable;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Facts;

/// <summary>Every fact that can be read of one kind of resource.</summary>
public sealed class FactTable
{
    private readonly FrozenDictionary<string, Fact> _byName;
    private readonly ImmutableArray<Fact> _families;

    private readonly FrozenSet<string> _watched;

    /// <param name="listing">The calls that list the resources of this kind.</param>
    /// <param name="incarnation">Names of facts that differ between a resource and another created later under its name.</param>
    /// <param name="window">The facts that bound the restorable window; null where the kind has none.</param>
    public FactTable(
        string kind, ImmutableArray<Call> listing, IEnumerable<Fact> facts, ImmutableArray<string> incarnation = default, RestoreWindow? window = null)
    {
        Kind = kind;
        Listing = listing;
        Facts = [.. facts.OrderBy(f => f.Name, StringComparer.Ordinal)];
        _byName = Facts.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _families = [.. Facts.Where(f => f.IsFamily)];
        Incarnation = incarnation.IsDefault ? [] : incarnation;
        Window = window;
        _watched = Facts.Where(f => f.Worse is not null).Select(f => f.Name).Concat(Incarnation).Concat(window?.Names ?? []).ToFrozenSet(StringComparer.Ordinal);
    }

    public string Kind { get; }

    public ImmutableArray<Call> Listing { get; }

    /// <summary>In the order of their names.</summary>
    public ImmutableArray<Fact> Facts { get; }

    /// <summary>Names of facts that differ between a resource and another created later under its name.</summary>
    public ImmutableArray<string> Incarnation { get; }

    public RestoreWindow? Window { get; }

    /// <summary>The list of other regions in which a resource has copies under its own name; null where the kind has none.</summary>
    public string? Copies { get; init; }

    /// <summary>The instant at which a resource was created; null where the kind has none.</summary>
    public string? Created { get; init; }

    /// <summary>The dimension that names a resource in metrics of its own, such as <c>BucketName</c>; null where the kind has no such metrics.</summary>
    public string? ResourceDimension { get; init; }

    /// <summary>Given a resource that is gone, its last readings and when it was last seen: how it can be had back, and until when.</summary>
    public Func<Resource, IReadOnlyDictionary<string, FactValue?>, DateTimeOffset, string>? WhenGone { get; init; }

    /// <summary>Whether drift looks at the fact itself, and not only at verdicts about it.</summary>
    public bool IsWatched(Fact fact) => fact.Name == Created || _watched.Contains(fact.Name);

    /// <summary>The row of that name, or the member of a family: <c>tags.dr-tier</c> is a fact because <c>tags.*</c> is a row.</summary>
    public Fact? Find(string name)
    {
        if (_byName.TryGetValue(name, out var fact))
            return fact.IsFamily ? null : fact;

        foreach (var family in _families)
        {
            if (name.Length > family.Prefix.Length && name.StartsWith(family.Prefix, StringComparison.Ordinal))
                return family with { Name = name };
        }

        return null;
    }
}
