using System.Globalization;
using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.DynamoDb;

internal static class Tags
{
    private const int PerPage = 10;

    public static string NameIn(JsonObject input) => Tables.NameOf(input.Text("ResourceArn") ?? "");

    public static JsonObject List(Call call, JsonObject input)
    {
        var table = Find(call, input);
        var from = int.TryParse(input.Text("NextToken") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            ? token
            : throw Tables.Invalid("Invalid NextToken");
        var page = new JsonObject
        {
            ["Tags"] = table.Tags.Skip(from).Take(PerPage).Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }).ToJsonArray(),
        };
        if (from + PerPage < table.Tags.Count)
            page["NextToken"] = (from + PerPage).ToString(CultureInfo.InvariantCulture);
        return page;
    }

    public static JsonObject? Add(Call call, JsonObject input)
    {
        var table = Find(call, input);
        call.World = call.World.Put(table with
        {
            Tags = table.Tags.SetItems(input.Objects("Tags").Select(tag => KeyValuePair.Create(tag.Text("Key") ?? "", tag.Text("Value") ?? ""))),
        });
        return null;
    }

    public static JsonObject? Remove(Call call, JsonObject input)
    {
        var table = Find(call, input);
        call.World = call.World.Put(table with { Tags = table.Tags.RemoveRange((input["TagKeys"] as JsonArray ?? []).Select(key => key!.GetValue<string>())) });
        return null;
    }

    private static Table Find(Call call, JsonObject input)
    {
        var arn = input.Text("ResourceArn") ?? "";
        if (arn.Split(':') is not ["arn", _, "dynamodb", var region, var account, ..])
            throw Tables.Invalid($"Invalid TableArn: Invalid ResourceArn provided as input {arn}");
        return (region, account) == (call.Region, call.Account) && Tables.FindByName(call, call.Name) is { } table
            ? table
            : throw new AwsError(400, Tables.NotFound, $"Requested resource not found: ResourcArn: {arn} not found");
    }
}
