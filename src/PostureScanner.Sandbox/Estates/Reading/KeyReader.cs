using PostureScanner.Sandbox.Founding;

namespace PostureScanner.Sandbox.Reading;

internal static class KeyReader
{
    private static readonly string[] States =
        ["Enabled", "Disabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable", "Creating", "Updating"];

    public static KeySpec Read(YamlMap map, string nameKey, Known known)
    {
        var spec = new KeySpec(map.Required(nameKey))
        {
            Alias = map.Text("alias"),
            Account = known.Account(map),
            Region = known.Region(map),
            Created = map.Span("created"),
            Manager = map.OneOf("manager", "AWS", "CUSTOMER"),
            State = map.OneOf("state", States),
            DeletesIn = map.Span("deletes-in"),
            MultiRegion = map.OneOf("multi-region", "none", "primary", "replica"),
            Rotation = map.Flag("rotation"),
            Spec = map.OneOf("spec", KeyMaterial.Specs),
            Usage = map.OneOf("usage", KeyMaterial.Usages),
            Tags = map.Words("tags"),
            ReadableBy = map.Texts("readable-by"),
        };
        map.Done();
        return spec;
    }
}
