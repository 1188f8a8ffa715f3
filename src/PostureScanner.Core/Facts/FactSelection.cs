using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PostureScanner.Core.Facts;

/// <summary>The facts a scan wants of one kind: exactly those that a loaded policy names.</summary>
public sealed class FactSelection
{
    private readonly FrozenDictionary<string, int> _index;

    public FactSelection(FactTable table, IEnumerable<Fact> facts)
    {
        Table = table;
        Facts = [.. facts.DistinctBy(f => f.Name, StringComparer.Ordinal).OrderBy(f => f.Name, StringComparer.Ordinal)];
        _index = Facts.Select((fact, i) => KeyValuePair.Create(fact.Name, i)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    public FactTable Table { get; }

    /// <summary>In the order of their names.</summary>
    public ImmutableArray<Fact> Facts { get; }

    public bool Contains(string name) => _index.ContainsKey(name);

    internal bool TryIndexOf(string name, out int index) => _index.TryGetValue(name, out index);
}
