using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PostureScanner.Core.Facts;

/// <summary>The facts a scan reads of one kind.</summary>
public sealed class FactSelection
{
    private readonly FrozenDictionary<string, int> _index;
    private readonly FrozenSet<string> _wanted;

    /// <param name="facts">The facts that are asked for.</param>
    public FactSelection(FactTable table, IEnumerable<Fact> facts)
        : this(table, [.. facts], [])
    {
    }

    private FactSelection(FactTable table, ImmutableArray<Fact> wanted, IEnumerable<Fact> alongside)
    {
        Table = table;
        _wanted = wanted.Select(f => f.Name).ToFrozenSet(StringComparer.Ordinal);
        Facts = [.. wanted.Concat(alongside).DistinctBy(f => f.Name, StringComparer.Ordinal).OrderBy(f => f.Name, StringComparer.Ordinal)];
        _index = Facts.Select((fact, i) => KeyValuePair.Create(fact.Name, i)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    public FactTable Table { get; }

    /// <summary>In the order of their names.</summary>
    public ImmutableArray<Fact> Facts { get; }

    /// <summary>The same, and what drift looks at: taken where a call that is made anyway brings it along, never asked for.</summary>
    public FactSelection WithWatched() => new(Table, [.. Facts.Where(IsWanted)], Table.Facts.Where(f => !f.IsFamily && Table.IsWatched(f)));

    /// <summary>Whether the fact is asked for, and not only taken along.</summary>
    public bool IsWanted(Fact fact) => _wanted.Contains(fact.Name);

    internal bool TryIndexOf(string name, out int index) => _index.TryGetValue(name, out index);
}
