using System.Collections.Immutable;
using System.Globalization;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies.Yaml;

namespace PostureScanner.Core.Policies;

/// <summary>Reads a value as its fact's type: <c>35d</c> is a duration beside a duration fact, and text beside a text fact.</summary>
internal static class ValueParser
{
    public static FactValue? Value(YamlReader reader, YamlNode node, Fact fact)
    {
        if (fact.Type == FactType.List)
            return node is YamlSequence list ? List(reader, list, fact) : Wrong(reader, node, fact, "a list, such as [a, b]");

        if (node is not YamlScalar { IsNull: false } scalar)
            return Wrong(reader, node, fact, Shape(fact.Type));

        return fact.Type switch
        {
            FactType.Flag => scalar.Text switch
            {
                "true" => FactValue.Of(value: true),
                "false" => FactValue.Of(value: false),
                _ => Wrong(reader, node, fact, Shape(fact.Type)),
            },
            FactType.Number => decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? FactValue.Of(number) : Wrong(reader, node, fact, Shape(fact.Type)),
            FactType.Duration => Durations.TryParse(scalar.Text, out var duration)
                ? FactValue.Of(duration) : Wrong(reader, node, fact, Shape(fact.Type)),
            FactType.Instant => Instants.TryParse(scalar.Text, out var instant)
                ? FactValue.Of(instant) : Wrong(reader, node, fact, Shape(fact.Type)),
            _ => FactValue.Of(scalar.Text),
        };
    }

    /// <summary>The operands of an operator beside a fact; null, with a problem, where they do not fit.</summary>
    public static ImmutableArray<FactValue>? Operands(YamlReader reader, YamlNode node, Fact fact, Operator @operator)
    {
        switch (@operator.Shape)
        {
            case OperandShape.Values:
                if (node is not YamlSequence { Items.IsEmpty: false } items)
                {
                    reader.Problem(node, $"'{@operator.Name}' needs a list with at least one value, such as [a, b]");
                    return null;
                }

                var values = items.Items.Select(item => Value(reader, item, fact)).ToList();
                return values.Contains(null) ? null : [.. values.OfType<FactValue>()];

            case OperandShape.Text:
                // As it is written: in quotes, blanks and nothing at all are operands like any other.
                if (node is YamlScalar { IsNull: false } text)
                    return [FactValue.Of(text.Text)];
                reader.Problem(node, $"'{@operator.Name}' must be text");
                return null;

            case OperandShape.Flag:
                if (node is YamlScalar { Text: "true" or "false" } flag)
                    return [FactValue.Of(flag.Text == "true")];
                reader.Problem(node, $"'{@operator.Name}' must be true or false");
                return null;

            default:
                return Value(reader, node, fact) is { } value ? [value] : null;
        }
    }

    private static FactValue? List(YamlReader reader, YamlSequence list, Fact fact)
    {
        var wrong = list.Items.Where(item => item is not YamlScalar { IsNull: false }).ToList();
        foreach (var item in wrong)
            reader.Problem(item, $"an element of {fact.Name} must be text");
        return wrong.Count > 0 ? null : FactValue.Of(list.Items.Cast<YamlScalar>().Select(s => s.Text));
    }

    private static FactValue? Wrong(YamlReader reader, YamlNode node, Fact fact, string shape)
    {
        var written = (node as YamlScalar)?.Text;
        var found = written is null ? "" : $", not '{written}'";
        var reason = fact.Type == FactType.Duration && written is not null && Durations.HasYearsOrMonths(written) ? "; years and months have no fixed length, write days" : "";
        reader.Problem(node, $"{fact.Name} is {Article(fact.Type)}: write {shape}{found}{reason}");
        return null;
    }

    private static string Article(FactType type) => type == FactType.Instant ? "an instant" : $"a {type.ToString().ToLowerInvariant()}";

    private static string Shape(FactType type) => type switch
    {
        FactType.Flag => "true or false",
        FactType.Number => "a number",
        FactType.Duration => "a duration such as 15m, 24h, 35d or PT15M",
        FactType.Instant => "a time such as 2026-01-31 or 2026-01-31T06:00:00Z",
        _ => "text",
    };
}
