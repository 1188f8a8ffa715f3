using System.Collections.Immutable;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Facts;

/// <summary>What was read of one resource: one reading for each fact of the selection.</summary>
public sealed class Sheet
{
    private readonly FactSelection _selection;
    private readonly Reading<FactValue>[] _readings;

    /// <param name="readings">In the order of the selection's facts.</param>
    /// <param name="members">Every member of a fact family that the resource was seen to have, whether a policy names it or not: <c>tags.Owner</c>.</param>
    public Sheet(Resource resource, FactSelection selection, Reading<FactValue>[] readings, ImmutableArray<string> members = default)
    {
        if (readings.Length != selection.Facts.Length)
            throw new ArgumentException($"{selection.Facts.Length} facts were selected, but {readings.Length} readings given.", nameof(readings));
        Resource = resource;
        _selection = selection;
        _readings = readings;
        Members = members.IsDefault ? [] : members;
    }

    public Resource Resource { get; }

    public FactTable Table => _selection.Table;

    public ImmutableArray<string> Members { get; }

    /// <summary>The reading of a fact; Unknown, with nothing asked, where the selection lacks it.</summary>
    public Reading<FactValue> this[Fact fact] => _selection.TryIndexOf(fact.Name, out var index) ? _readings[index] : default;

    /// <summary>Facts and readings, in the order of the facts' names.</summary>
    public IEnumerable<(Fact Fact, Reading<FactValue> Reading)> Readings => _selection.Facts.Select((fact, i) => (fact, _readings[i]));
}
