using System.Text.Json.Nodes;

namespace PostureScanner.Tests.Template;

/// <summary>One statement of any policy in a template.</summary>
/// <param name="Owner">The logical id of the resource that it stands in.</param>
/// <param name="Resources">Empty where a role says who may assume it.</param>
internal sealed record Statement(string Owner, bool Allows, string[] Actions, JsonNode[] Resources, JsonNode? Principal, JsonNode? Condition)
{
    public static IEnumerable<Statement> Of(SamTemplate template) =>
        template.Resources.SelectMany(r => SamTemplate.All(r.Value).OfType<JsonObject>().Where(o => o["Effect"] is not null).Select(o => Of(r.Key, o)));

    /// <summary>What a role may do by its own policies.</summary>
    public static IEnumerable<Statement> OfRole(SamTemplate template, string role) => Of(template).Where(s =>
        s.Resources.Length > 0 && (s.Owner == role || template.Properties(s.Owner)["Roles"] is { } roles && SamTemplate.References(roles).Contains(role)));

    /// <summary>What keys and topics let a role do by theirs.</summary>
    public static IEnumerable<Statement> For(SamTemplate template, string role) => Of(template).Where(s => s.Principal is JsonObject who && SamTemplate.References(who).Contains(role));

    /// <summary>The condition on a key, such as <c>aws:SecureTransport</c>, as <c>Bool false</c>; null for none.</summary>
    public string? On(string key) => Condition?.AsObject()
        .Where(c => c.Value![key] is not null)
        .Select(c => $"{c.Key} {(c.Value![key] is JsonValue value ? (string)value! : c.Value[key]!.ToJsonString())}")
        .SingleOrDefault();

    public bool IsAbout(string logicalId) => Resources.SelectMany(SamTemplate.References).Contains(logicalId);

    public override string ToString() => $"{Owner}: {string.Join(", ", Actions)}";

    private static Statement Of(string owner, JsonObject o) => new(
        owner, (string)o["Effect"]! == "Allow", [.. Many(o["Action"]).Select(a => (string)a!)], [.. Many(o["Resource"])], o[nameof(Principal)], o[nameof(Condition)]);

    private static IEnumerable<JsonNode> Many(JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => many.SelectMany(Many),
        // Whatever the condition says.
        JsonObject choice when choice["Fn::If"] is JsonArray branches => branches.Skip(1).SelectMany(Many).DistinctBy(n => n.ToJsonString()),
        _ => [node],
    };
}
