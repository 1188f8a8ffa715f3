using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudFormation;

internal static class Stacks
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    /// <summary>A stack is named by its name or its id, which is an ARN with the name in it.</summary>
    public static string NameIn(JsonObject input) => input.Text("StackName") is not { } given ? ""
        : given.Split(":stack/") is [_, var rest] ? rest.Split('/')[0] : given;

    public static JsonObject Describe(Call call, JsonObject input) => Paging.Page(
        call, input, "Stacks", (string.IsNullOrEmpty(input.Text("StackName")) ? Own(call).Where(stack => stack.Deleted is null) : [Find(call, input)]).Select(Described));

    /// <summary>Deleted ones too, unless the filter leaves them out.</summary>
    public static JsonObject List(Call call, JsonObject input)
    {
        var statuses = input.Texts("StackStatusFilter");
        return Paging.Page(call, input, "StackSummaries", Own(call)
            .Where(stack => statuses.Count == 0 || statuses.Contains(stack.Status, StringComparer.Ordinal))
            .Select(Summary));
    }

    /// <summary>By name or, when it is deleted, by id only.</summary>
    public static Stack Find(Call call, JsonObject input)
    {
        var given = input.Text("StackName") ?? "";
        if (given.Split(':') is ["arn", _, "cloudformation", var region, var account, _] && (region, account) != (call.Region, call.Account))
            throw account == call.Account ? NotFound(given) : new AwsError(403, "AccessDenied", Denial.Sentence(call.Account, "cloudformation", call.Operation.Name, given));
        return (call.Vanished ? null : Own(call).FirstOrDefault(stack => stack.Id == given || (stack.Name == given && stack.Deleted is null))) ?? throw NotFound(given);
    }

    public static IEnumerable<Stack> Own(Call call) => call.World.Stacks.In(call.Account, call.Region).Values
        .Where(stack => stack.Deleted is null || stack.Deleted > call.Now - Remembered);

    public static AwsError Invalid(string message) => new(400, "ValidationError", message);

    private static AwsError NotFound(string name) => Invalid($"Stack with id {name} does not exist");

    private static JsonObject Described(Stack stack)
    {
        var json = new JsonObject
        {
            ["StackId"] = stack.Id,
            ["StackName"] = stack.Name,
            ["CreationTime"] = JsonValue.Create(stack.Created),
            ["RollbackConfiguration"] = new JsonObject(),
            ["StackStatus"] = stack.Status,
            ["DisableRollback"] = false,
            ["NotificationARNs"] = new JsonArray(),
            ["Tags"] = new JsonArray(),
            ["EnableTerminationProtection"] = stack.TerminationProtection,
            ["DriftInformation"] = new JsonObject { ["StackDriftStatus"] = "NOT_CHECKED" },
        };
        AddTimesAndFamily(json, stack);
        return json;
    }

    private static JsonObject Summary(Stack stack)
    {
        var json = new JsonObject
        {
            ["StackId"] = stack.Id,
            ["StackName"] = stack.Name,
            ["CreationTime"] = JsonValue.Create(stack.Created),
            ["StackStatus"] = stack.Status,
            ["DriftInformation"] = new JsonObject { ["StackDriftStatus"] = "NOT_CHECKED" },
        };
        AddTimesAndFamily(json, stack);
        return json;
    }

    private static void AddTimesAndFamily(JsonObject json, Stack stack)
    {
        if (stack.Updated is { } updated)
            json["LastUpdatedTime"] = JsonValue.Create(updated);
        if (stack.Deleted is { } deleted)
            json["DeletionTime"] = JsonValue.Create(deleted);
        if (stack.ParentId is { } parent)
            json["ParentId"] = parent;
        if (stack.RootId is { } root)
            json["RootId"] = root;
    }
}
