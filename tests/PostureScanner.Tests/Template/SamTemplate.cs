using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PostureScanner.Tests.Architecture;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PostureScanner.Tests.Template;

/// <summary>A template as a tree, CloudFormation's short forms written out: <c>!Ref X</c> is <c>{"Ref": "X"}</c>. Every scalar is text.</summary>
internal sealed partial class SamTemplate(JsonObject root)
{
    public static SamTemplate Scanner { get; } = Load("template.yaml");

    public static SamTemplate Reader { get; } = Load("template-reader-role.yaml");

    public JsonObject Root => root;

    public JsonObject Parameters => Part("Parameters");

    public JsonObject Resources => Part("Resources");

    /// <summary>Everything but the declaration of the parameters.</summary>
    public IEnumerable<JsonNode> Body => root.Where(part => part.Key != "Parameters").SelectMany(part => All(part.Value));

    public JsonObject Properties(string logicalId) => Resources[logicalId]!["Properties"]!.AsObject();

    public IEnumerable<string> OfType(string type) => Resources.Where(r => (string)r.Value!["Type"]! == type).Select(r => r.Key);

    /// <summary>Every name that is referred to, by Ref, by GetAtt or in a Sub.</summary>
    public static IEnumerable<string> References(JsonNode node) => All(node).OfType<JsonObject>().SelectMany(o =>
        Names(o["Ref"]).Concat(Names((o["Fn::GetAtt"] as JsonArray)?[0])).Concat(All(o["Fn::Sub"]).OfType<JsonValue>().SelectMany(v => Placeholder().Matches((string)v!).Select(m => m.Groups["name"].Value))));

    /// <summary>The text of a Ref, a Sub or a scalar, with values for what they name.</summary>
    public static string Text(JsonNode? node, IReadOnlyDictionary<string, string> values) => node switch
    {
        JsonObject o when o["Ref"] is { } name => values[(string)name!],
        JsonObject o when o["Fn::Sub"] is JsonValue text => Placeholder().Replace((string)text!, m => values[m.Groups["whole"].Value]),
        JsonObject o when o["Fn::GetAtt"] is JsonArray path => values[string.Join('.', path.Select(p => (string)p!))],
        JsonValue value => (string)value!,
        _ => throw new ArgumentException($"{node?.ToJsonString()} has no text", nameof(node)),
    };

    /// <summary>A node and all below it.</summary>
    public static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        null => [],
        JsonObject o => o.SelectMany(p => All(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(All).Prepend(a),
        _ => [node],
    };

    private static IEnumerable<string> Names(JsonNode? node) => node is JsonValue value ? [(string)value!] : [];

    private JsonObject Part(string name) => root[name]!.AsObject();

    private static SamTemplate Load(string file)
    {
        using var reader = new StreamReader(SourceTree.Path(file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return new SamTemplate(Tree(yaml.Documents.Single().RootNode)!.AsObject());
    }

    private static JsonNode? Tree(YamlNode node)
    {
        JsonNode? tree = node switch
        {
            YamlMappingNode mapping => new JsonObject(mapping.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Tree(c.Value)))),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Tree)]),
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => throw new YamlException($"{node.NodeType} stands in no template"),
        };
        return node.Tag.IsEmpty || node.Tag.IsNonSpecific || !node.Tag.IsLocal ? tree : Function(node.Tag.Value[1..], tree);
    }

    private static JsonObject Function(string name, JsonNode? argument) => name switch
    {
        "Ref" or "Condition" => new JsonObject { [name] = argument },
        "GetAtt" when argument is JsonValue path => new JsonObject { ["Fn::GetAtt"] = new JsonArray([.. ((string)path!).Split('.', 2).Select(p => JsonValue.Create(p))]) },
        _ => new JsonObject { [$"Fn::{name}"] = argument },
    };

    [GeneratedRegex(@"\$\{(?<whole>(?<name>[A-Za-z0-9:]+)(?:\.[A-Za-z0-9.]+)?)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
