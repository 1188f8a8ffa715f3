using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PostureScanner.Core.Facts;

/// <summary>Every fact that can be read of one kind of resource.</summary>
public sealed class FactTable
{
    private readonly FrozenDictionary<string, Fact> _byName;
    private readonly ImmutableArray<Fact> _families;

    /// <param name="listing">The calls that list the resources of this kind.</param>
    public FactTable(string kind, ImmutableArray<Call> listing, IEnumerable<Fact> facts)
    {
        Kind = kind;
        Listing = listing;
        Facts = [.. facts.OrderBy(f => f.Name, StringComparer.Ordinal)];
        _byName = Facts.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        _families = [.. Facts.Where(f => f.IsFamily)];
    }

    public string Kind { get; }

    public ImmutableArray<Call> Listing { get; }

    /// <summary>In the order of their names.</summary>
    public ImmutableArray<Fact> Facts { get; }

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
