using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>
/// Walks over the parser's events instead of building a tree: tags such as <c>!Ref</c> need no meaning, aliases are never followed
/// and nesting needs no stack.
/// </summary>
internal static class YamlTemplate
{
    private const string TextTag = "tag:yaml.org,2002:str";
    private const string Merge = "<<";

    /// <summary>Null where it has no resources. Throws where it is not YAML, or nested too deeply.</summary>
    public static Template? Read(string body)
    {
        using var reader = new StringReader(body);
        var parser = new Parser(reader);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        Dictionary<string, Retention>? resources = null;
        foreach (var section in Keys(parser))
        {
            if (section == "Resources" && parser.Accept<MappingStart>(out _))
                resources = Resources(parser);
            else
                Skip(parser);
        }

        return resources is null ? null : Template.Of(resources);
    }

    private static Dictionary<string, Retention> Resources(Parser parser)
    {
        var resources = new Dictionary<string, Retention>(StringComparer.Ordinal);
        foreach (var logicalId in Keys(parser))
            resources[logicalId] = Of(parser);
        return resources;
    }

    private static Retention Of(Parser parser)
    {
        if (!parser.Accept<MappingStart>(out _))
        {
            Skip(parser);
            return new Retention(null, null);
        }

        var retention = Retention.Default;
        foreach (var attribute in Keys(parser))
        {
            // What is merged in may hold either attribute; CloudFormation takes no merges, so nobody is missed.
            if (attribute == Merge)
                retention = new Retention(null, null);
            retention = retention.With(attribute, parser.Accept<Scalar>(out var value) && IsText(value) ? value.Value : null);
            Skip(parser);
        }

        return retention;
    }

    private static bool IsText(Scalar scalar) => scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.Value == TextTag;

    /// <summary>The keys of a mapping; whoever is given one takes the value that follows.</summary>
    private static IEnumerable<string> Keys(Parser parser)
    {
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (parser.Accept<Scalar>(out var key))
            {
                parser.MoveNext();
                yield return key.Value;
            }
            else
            {
                Skip(parser);
                Skip(parser);
            }
        }
    }

    private static void Skip(Parser parser)
    {
        var depth = 0;
        do
        {
            depth += parser.Consume<ParsingEvent>().NestingIncrease;
            if (depth > Template.Deepest)
                throw new YamlException("The template is nested too deeply.");
        }
        while (depth > 0);
    }
}
