using System.Globalization;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudFormation;

internal static class Paging
{
    public static JsonObject Page(Call call, JsonObject input, string member, IEnumerable<JsonObject> all)
    {
        var from = int.TryParse(input.Text("NextToken") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            ? token
            : throw Stacks.Invalid("NextToken is invalid");
        var size = call.Options.StacksPerPage;
        var rest = all.Skip(from).Take(size + 1).ToList();
        var page = new JsonObject { [member] = rest.Take(size).ToJsonArray() };
        if (rest.Count > size)
            page["NextToken"] = (from + size).ToString(CultureInfo.InvariantCulture);
        return page;
    }
}
