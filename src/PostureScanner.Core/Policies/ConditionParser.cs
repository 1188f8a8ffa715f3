using System.Collections.Immutable;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies.Yaml;

namespace PostureScanner.Core.Policies;

/// <summary>Reads <c>when</c> and <c>require</c> into typed conditions.</summary>
internal sealed class ConditionParser(YamlReader reader, FactTable table)
{
    private static readonly string[] Combinators = ["all", "any", "not"];
    private static readonly string[] ComparisonKeys = ["fact", .. Operator.All.Select(o => o.Name)];

    /// <summary>A list of conditions that must all hold; null, with problems, where one cannot be read.</summary>
    public Condition? List(YamlNode node, string key)
    {
        if (reader.Sequence(node, key) is not { } sequence)
            return null;
        if (sequence.Items.IsEmpty)
        {
            reader.Problem(node, $"'{key}' needs at least one condition");
            return null;
        }

        return Parts(sequence) is not { } parts ? null : parts is [var only] ? only : new Condition.All(parts);
    }

    private ImmutableArray<Condition>? Parts(YamlSequence sequence)
    {
        var parts = sequence.Items.Select(One).ToList();
        return parts.Contains(null) ? null : [.. parts.OfType<Condition>()];
    }

    private Condition? One(YamlNode node)
    {
        if (node is not YamlMapping mapping)
        {
            reader.Problem(node, "a condition is written { fact: <name>, <operator>: <value> }, or all, any, not");
            return null;
        }

        var combinator = mapping.Entries.FirstOrDefault(e => Combinators.Contains(e.Key.Text, StringComparer.Ordinal));
        return combinator.Key is null ? Comparison(mapping) : Combined(mapping, combinator.Key.Text, combinator.Value);
    }

    private Condition? Combined(YamlMapping mapping, string combinator, YamlNode value)
    {
        if (mapping.Entries.Length > 1)
        {
            reader.Problem(mapping, $"'{combinator}' stands alone in its condition; move the other keys into a condition of their own");
            return null;
        }

        if (combinator == "not")
            return (value is YamlSequence ? List(value, "not") : One(value)) is { } part ? new Condition.Not(part) : null;

        if (value is not YamlSequence { Items.IsEmpty: false } list)
        {
            reader.Problem(value, $"'{combinator}' needs a list with at least one condition");
            return null;
        }

        return Parts(list) is not { } parts ? null : combinator == "all" ? new Condition.All(parts) : new Condition.Any(parts);
    }

    private Condition.Comparison? Comparison(YamlMapping mapping)
    {
        var entries = reader.Entries(mapping, "a condition", [.. ComparisonKeys, .. Combinators]);
        var fact = reader.RequiredText(entries, "fact", mapping, "a condition") is { } name ? Fact(entries["fact"], name) : null;
        var operators = Operator.All.Where(o => entries.ContainsKey(o.Name)).ToList();
        if (operators is not [var @operator])
        {
            // A misspelt operator has been reported as an unknown key already.
            if (operators.Count > 1)
                reader.Problem(mapping, $"a condition has one operator, here are {string.Join(" and ", operators.Select(o => $"'{o.Name}'"))}; write two conditions");
            else if (mapping.Entries.All(e => ComparisonKeys.Contains(e.Key.Text, StringComparer.Ordinal)))
                reader.Problem(mapping, $"a condition needs an operator: {string.Join(", ", Operator.All.Select(o => o.Name))}");
            return null;
        }

        if (fact is null)
            return null;

        if (!@operator.Types.Contains(fact.Type))
        {
            var fitting = Operator.All.Where(o => o.Types.Contains(fact.Type)).Select(o => o.Name);
            reader.Problem(entries[@operator.Name], $"'{@operator.Name}' does not fit {fact.Name}, which is of type {fact.Type}; use {string.Join(", ", fitting)}");
            return null;
        }

        return ValueParser.Operands(reader, entries[@operator.Name], fact, @operator) is { } operands
            ? new Condition.Comparison(fact, @operator, operands)
            : null;
    }

    private Fact? Fact(YamlNode at, string name) => FindFact(reader, at, table, name);

    public static Fact? FindFact(YamlReader reader, YamlNode at, FactTable table, string name)
    {
        if (table.Find(name) is { } fact)
            return fact;
        reader.Problem(at, $"{table.Kind} has no fact '{name}'{Nearest.Hint(name, table.Facts.Where(f => !f.IsFamily).Select(f => f.Name))}");
        return null;
    }
}
