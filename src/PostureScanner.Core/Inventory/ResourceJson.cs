using System.Text.Json;

namespace PostureScanner.Core.Inventory;

/// <summary>A resource as JSON: the same in reports, alerts, evidence and states.</summary>
internal static class ResourceJson
{
    /// <summary>As the member <c>resource</c>.</summary>
    public static void Write(Utf8JsonWriter json, Resource? resource)
    {
        if (resource is null)
        {
            json.WriteNull("resource");
            return;
        }

        json.WriteStartObject("resource");
        WriteMembers(json, resource);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, Resource resource)
    {
        json.WriteString("kind", resource.Kind);
        json.WriteString("arn", resource.Arn);
        json.WriteString("name", resource.Name);
        WriteMembers(json, resource.Target);
    }

    public static void WriteMembers(Utf8JsonWriter json, Target target)
    {
        json.WriteString("account", target.Account);
        json.WriteString("region", target.Region);
    }

    /// <summary>From an object that has the members.</summary>
    /// <exception cref="FormatException">One of them is missing.</exception>
    public static Resource Read(JsonElement json) => new(Text(json, "kind"), Text(json, "arn"), Text(json, "name"), ReadTarget(json));

    /// <inheritdoc cref="Read"/>
    public static Target ReadTarget(JsonElement json) => new(Text(json, "account"), Text(json, "region"));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null");
}
