using System.Globalization;
using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox.Wire;

/// <summary>
/// The form of the query protocol as the tree the JSON protocols send: <c>Data.member.1.Name</c> is the Name of the first of the list Data.
/// Every leaf is a text.
/// </summary>
internal static class FormTree
{
    private static readonly string[] ListMarks = ["member", "entry"];

    public static JsonObject Of(Request request) => Node(
        QueryService.Form(request)
            .Where(field => field.Key is not ("Action" or "Version" or ""))
            .Select(field => new Field(field.Key.Split('.'), field.Value.ToString()))
            .ToList(),
        0) as JsonObject ?? [];

    private static JsonNode? Node(List<Field> fields, int depth)
    {
        if (fields is [var only] && only.Path.Length == depth)
            return only.Value;
        var deeper = fields.Where(field => field.Path.Length > depth).ToList();
        if (deeper.Count > 0 && deeper.TrueForAll(field => ListMarks.Contains(field.Path[depth], StringComparer.Ordinal) && IndexOf(field, depth + 1) is not null))
            return deeper.GroupBy(field => IndexOf(field, depth + 1)).OrderBy(item => item.Key).Select(item => Node([.. item], depth + 2)).ToJsonArray();
        return new JsonObject(deeper
            .GroupBy(field => field.Path[depth], StringComparer.Ordinal)
            .Select(child => KeyValuePair.Create(child.Key, Node([.. child], depth + 1))));
    }

    private static int? IndexOf(Field field, int depth) =>
        field.Path.Length > depth && int.TryParse(field.Path[depth], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private sealed record Field(string[] Path, string Value);
}
