using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.DynamoDb;

internal static class Tables
{
    public const string NotFound = "ResourceNotFoundException";

    /// <summary>Every call takes a table by name or ARN.</summary>
    public static string NameIn(JsonObject input) => NameOf(input.Text("TableName") ?? "");

    public static string NameOf(string nameOrArn) => nameOrArn.Split(":table/") is [_, var rest] ? rest.Split('/')[0] : nameOrArn;

    public static JsonObject Describe(Call call, JsonObject input) => new() { ["Table"] = TableJson.Of(Find(call, input)) };

    public static JsonObject DescribeTimeToLive(Call call, JsonObject input)
    {
        Find(call, input);
        return new JsonObject { ["TimeToLiveDescription"] = new JsonObject { ["TimeToLiveStatus"] = "DISABLED" } };
    }

    /// <summary>The table of the input, or the not-found error of the operation: for continuous backups it has another name.</summary>
    public static Table Find(Call call, JsonObject input, string notFound = NotFound)
    {
        var given = input.Text("TableName");
        if (string.IsNullOrEmpty(given))
            throw Invalid("1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null");
        if (given.Split(':') is ["arn", _, _, var region, var account, ..] && (region, account) != (call.Region, call.Account))
            throw Denied(call, given);
        return FindByName(call, call.Name) ?? throw new AwsError(400, notFound, notFound == NotFound
            ? $"Requested resource not found: Table: {call.Name} not found"
            : $"Table not found: {call.Name}");
    }

    public static Table? FindByName(Call call, string name) => call.Vanished ? null : call.World.Tables.Find(call.Account, call.Region, name);

    private static AwsError Denied(Call call, string arn) =>
        new(400, "AccessDeniedException", Denial.Sentence(call.Account, "dynamodb", call.Operation.Name, arn)) { Namespace = "com.amazon.coral.service" };

    public static AwsError Invalid(string message) => new(400, "ValidationException", message) { Namespace = "com.amazon.coral.validate" };
}
