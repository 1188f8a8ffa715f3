using System.Text.Json;

namespace PostureScanner.Aws.Sources.Stacks;

internal static class JsonTemplate
{
    /// <summary>Null where it has no resources. Throws where it is not JSON, or nested too deeply.</summary>
    public static Template? Read(string body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Template.Deepest });
        if (!document.RootElement.TryGetProperty("Resources", out var resources) || resources.ValueKind != JsonValueKind.Object)
            return null;
        var read = new Dictionary<string, Retention>(StringComparer.Ordinal);
        foreach (var resource in resources.EnumerateObject())
            read[resource.Name] = Of(resource.Value);
        return Template.Of(read);
    }

    private static Retention Of(JsonElement resource)
    {
        if (resource.ValueKind != JsonValueKind.Object)
            return new Retention(null, null);
        var retention = Retention.Default;
        foreach (var attribute in resource.EnumerateObject())
            retention = retention.With(attribute.Name, attribute.Value.ValueKind == JsonValueKind.String ? attribute.Value.GetString() : null);
        return retention;
    }
}
