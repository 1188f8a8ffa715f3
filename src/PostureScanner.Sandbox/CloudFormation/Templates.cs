using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudFormation;

internal static class Templates
{
    /// <summary>Word for word as the estate has it. Without a stage AWS gives the processed one.</summary>
    public static JsonObject Get(Call call, JsonObject input)
    {
        var stack = Stacks.Find(call, input);
        var stage = input.Text("TemplateStage") ?? "Processed";
        if (stage is not ("Original" or "Processed"))
            throw Stacks.Invalid($"1 validation error detected: Value '{stage}' at 'templateStage' failed to satisfy constraint: Member must satisfy enum value set: [Original, Processed]");
        return new JsonObject
        {
            ["TemplateBody"] = stage == "Original" ? stack.Template : stack.Processed ?? stack.Template,
            ["StagesAvailable"] = new JsonArray("Original", "Processed"),
        };
    }
}
