using System.Collections.Immutable;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies.Yaml;

namespace PostureScanner.Core.Policies;

/// <summary>Reads a policy's examples into small sheets.</summary>
internal sealed class ExampleParser(YamlReader reader, FactTable table)
{
    private static readonly string[] Keys = ["facts", "verdict"];
    private static readonly Origin Written = new("example", DateTimeOffset.UnixEpoch);

    private static readonly Dictionary<string, Verdict> Verdicts = Words.Verdicts
        .Where(w => w.Value != Verdict.Waived)
        .ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal);

    /// <param name="facts">The facts the policy reads; null where its conditions could not be read, so that nothing is said of them twice.</param>
    public ImmutableArray<Example> List(YamlNode node, IReadOnlyCollection<Fact>? facts)
    {
        if (reader.Sequence(node, "examples") is not { } sequence)
            return [];

        var examples = sequence.Items.Select(item => One(item, facts)).ToList();
        foreach (var verdict in new[] { Verdict.Pass, Verdict.Fail })
        {
            if (!examples.Contains(null) && examples.TrueForAll(e => e!.Verdict != verdict))
                reader.Problem(node, $"an example with verdict {verdict.Word()} is missing; a policy shows at least one pass and one fail");
        }

        return [.. examples.OfType<Example>()];
    }

    private Example? One(YamlNode node, IReadOnlyCollection<Fact>? facts)
    {
        if (node is not YamlMapping mapping)
        {
            reader.Problem(node, "an example is written { facts: { <fact>: <value> }, verdict: <verdict> }");
            return null;
        }

        var entries = reader.Entries(mapping, "an example", Keys);
        Verdict? verdict = null;
        if (entries.TryGetValue("verdict", out var word))
            verdict = reader.Word(word, "verdict", Verdicts);
        else
            reader.Problem(mapping, "an example needs 'verdict'");

        if (!entries.TryGetValue("facts", out var values))
        {
            reader.Problem(mapping, "an example needs 'facts'; write { } for a resource of which nothing could be read");
            return null;
        }

        if (values is not YamlMapping readings)
        {
            reader.Problem(values, "'facts' must be a mapping of fact: value");
            return null;
        }

        return Sheet(readings, facts) is { } sheet && verdict is { } decided ? new Example(sheet, decided, node.Line, node.Column) : null;
    }

    private Sheet? Sheet(YamlMapping mapping, IReadOnlyCollection<Fact>? facts)
    {
        var readings = new Dictionary<string, (Fact Fact, Reading<FactValue> Reading)>(StringComparer.Ordinal);
        var whole = true;
        foreach (var (key, node) in mapping.Entries)
        {
            var reading = ConditionParser.FindFact(reader, key, table, key.Text) is { } fact ? (fact, Value(node, fact)) : ((Fact, Reading<FactValue>?)?)null;
            if (reading is not ({ } known, { } value))
            {
                whole = false;
            }
            else if (!readings.TryAdd(key.Text, (known, value)))
            {
                reader.Problem(key, $"the fact '{key.Text}' stands here a second time; keep one of them");
            }
            else if (facts is not null && facts.All(f => f.Name != key.Text))
            {
                reader.Problem(key, $"the policy does not read '{key.Text}'{Nearest.Hint(key.Text, facts.Select(f => f.Name))}");
            }
        }

        if (!whole)
            return null;
        var selection = new FactSelection(table, readings.Values.Select(r => r.Fact));
        var resource = new Resource(table.Kind, "example", "example", new Target("example", "example"));
        return new Sheet(resource, selection, [.. selection.Facts.Select(f => readings[f.Name].Reading)]);
    }

    private Reading<FactValue>? Value(YamlNode node, Fact fact)
    {
        if (node is YamlScalar { IsNull: true })
            return Reading<FactValue>.Absent(Written);
        return ValueParser.Value(reader, node, fact) is { } value ? Reading<FactValue>.Known(value, Written) : null;
    }
}
