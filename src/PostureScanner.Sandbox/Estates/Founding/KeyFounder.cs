namespace PostureScanner.Sandbox.Founding;

internal static class KeyFounder
{
    public static World Add(Estate estate, KeySpec spec)
    {
        var account = estate.AccountOr(spec.Account);
        var region = estate.RegionOr(spec.Region);
        if (estate.World.Keys.Find(account, region, spec.Id) is not null)
            throw new EstateException($"The estate already has a key {spec.Id} in {region}.");
        return estate.World.Put(Alter(estate, new Key { Account = account, Region = region, Id = spec.Id, Created = estate.Now }, spec));
    }

    public static World Change(Estate estate, KeySpec spec) =>
        estate.World.Put(Alter(estate, Existing(estate, spec.Id, spec.Region, spec.Account), spec));

    public static World Remove(Estate estate, string id, string? region, string? account)
    {
        var key = Existing(estate, id, region, account);
        return estate.World with { Keys = estate.World.Keys.Remove(key.Account, key.Region, key.Id) };
    }

    private static Key Alter(Estate estate, Key key, KeySpec spec) => Made(estate, key, spec) with
    {
        Created = spec.Created is { } age ? estate.Now - age : key.Created,
        Manager = spec.Manager ?? key.Manager,
        State = spec.State ?? (spec.DeletesIn is null ? key.State : "PendingDeletion"),
        Deletion = spec.DeletesIn is { } left ? estate.Now + left : spec.State is null or "PendingDeletion" ? key.Deletion : null,
        MultiRegion = spec.MultiRegion switch { null => key.MultiRegion, "none" => null, var role => role.ToUpperInvariant() },
        Rotation = spec.Rotation ?? key.Rotation,
        Aliases = spec.Alias is null ? key.Aliases : key.Aliases.Add(FullAlias(spec.Alias)),
        Tags = key.Tags.Merge(spec.Tags, estate.Now),
        ReadableBy = spec.ReadableBy is null ? key.ReadableBy : [.. spec.ReadableBy],
    };

    /// <summary>Of the kind that is wanted: a key of another kind is another key, with material of its own.</summary>
    private static Key Made(Estate estate, Key key, KeySpec spec)
    {
        var kind = spec.Spec ?? key.Spec;
        var usage = spec.Usage ?? (spec.Spec is null ? key.Usage : kind == KeyMaterial.Symmetric ? KeyMaterial.Encrypts : KeyMaterial.Signs);
        if (!KeyMaterial.Fits(kind, usage))
            throw new EstateException($"The key {key.Id} cannot be for {usage}: it is {kind}.");
        if (kind == key.Spec)
            return key with { Usage = usage };
        // The members of a multi-region family share their material.
        var relative = estate.World.Keys.All.FirstOrDefault(other => other.Id == key.Id && other.Account == key.Account && other.Spec == kind);
        return key with { Spec = kind, Usage = usage, Material = relative?.Material ?? KeyMaterial.New(kind) };
    }

    private static string FullAlias(string alias) => alias.StartsWith("alias/", StringComparison.Ordinal) ? alias : $"alias/{alias}";

    private static Key Existing(Estate estate, string id, string? region, string? account) =>
        estate.World.Keys.All.TheOnly("key", id, region, account, key => new Place(key.Account, key.Region, key.Id));
}
