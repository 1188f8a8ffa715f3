namespace PostureScanner.Sandbox.Reading;

internal static class StackReader
{
    public static StackSpec Read(YamlMap map, string nameKey, Known known)
    {
        var spec = new StackSpec(map.Required(nameKey))
        {
            Account = known.Account(map),
            Region = known.Region(map),
            Created = map.Span("created"),
            Updated = map.Span("updated"),
            Deleted = map.Span("deleted"),
            Status = map.Text("status"),
            Template = map.Text("template"),
            Processed = map.Text("processed"),
            Parent = map.Text("parent"),
            TerminationProtection = map.Flag("termination-protection"),
            Resources = map.MapOfMaps("resources")?.ToDictionary(each => each.Key, each => ReadResource(each.Value, known), StringComparer.Ordinal),
        };
        map.Done();
        return spec;
    }

    /// <summary><c>{ table: x }</c>, <c>{ global-table: x }</c>, <c>{ bucket: x }</c>, <c>{ key: x }</c>, or any other <c>{ type: AWS::…, id: x }</c>.</summary>
    private static StackResourceSpec ReadResource(YamlMap map, Known known)
    {
        var resource = known.Table(map, "table") is { } table ? StackResourceSpec.Table(table)
            : known.Table(map, "global-table") is { } global ? StackResourceSpec.GlobalTable(global)
            : known.Bucket(map) is { } bucket ? StackResourceSpec.Bucket(bucket)
            : known.Key(map) is { } key ? StackResourceSpec.Key(key)
            : new StackResourceSpec(map.Required("type"), map.Required("id"));
        resource = resource with { Status = map.Text("status") };
        map.Done();
        return resource;
    }
}
