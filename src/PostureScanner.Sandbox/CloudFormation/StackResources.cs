using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudFormation;

internal static class StackResources
{
    private const int MostDescribed = 100;

    /// <summary>All of the stack that is named or that owns what is named; at most a hundred, and no way to the rest.</summary>
    public static JsonObject Describe(Call call, JsonObject input)
    {
        var (name, physical, logical) = (input.Text("StackName"), input.Text("PhysicalResourceId"), input.Text("LogicalResourceId"));
        if (name is null == physical is null)
            throw Stacks.Invalid("Exactly one of StackName and PhysicalResourceId must be specified");
        var stack = physical is null ? Stacks.Find(call, input) : OwnerOf(call, physical);
        return new JsonObject
        {
            ["StackResources"] = stack.Resources.Values
                .Where(resource => logical is null || resource.LogicalId == logical)
                .Take(MostDescribed)
                .Select(resource => Resource(stack, resource, "Timestamp", isDescribed: true))
                .ToJsonArray(),
        };
    }

    public static JsonObject List(Call call, JsonObject input)
    {
        var stack = Stacks.Find(call, input);
        return Paging.Page(call, input, "StackResourceSummaries", stack.Resources.Values.Select(resource => Resource(stack, resource, "LastUpdatedTimestamp", isDescribed: false)));
    }

    private static Stack OwnerOf(Call call, string physicalId) =>
        (call.Vanished ? null : Stacks.Own(call).FirstOrDefault(stack => stack.Deleted is null && stack.Resources.Values.Any(resource => resource.PhysicalId == physicalId)))
            ?? throw Stacks.Invalid($"Stack for {physicalId} does not exist");

    private static JsonObject Resource(Stack stack, StackResource resource, string time, bool isDescribed)
    {
        var json = isDescribed ? new JsonObject { ["StackName"] = stack.Name, ["StackId"] = stack.Id } : [];
        json["LogicalResourceId"] = resource.LogicalId;
        json["PhysicalResourceId"] = resource.PhysicalId;
        json["ResourceType"] = resource.Type;
        json[time] = JsonValue.Create(stack.Updated ?? stack.Created);
        json["ResourceStatus"] = resource.Status;
        json["DriftInformation"] = new JsonObject { ["StackResourceDriftStatus"] = "NOT_CHECKED" };
        return json;
    }
}
