namespace PostureScanner.Sandbox.Founding;

/// <summary>Turns what an estate or a request calls a key into a key.</summary>
internal static class Keyring
{
    public const string Owned = "aws-owned";
    public const string Managed = "aws-managed";

    /// <summary>AWS creates its managed key of a service the first time somebody in the account and region uses it.</summary>
    public static World WithManaged(World world, Estate estate, string account, string region, string service)
    {
        var alias = $"alias/aws/{service}";
        return ByAlias(world, account, region, alias) is not null
            ? world
            : world.Put(new Key
            {
                Account = account,
                Region = region,
                Id = estate.NewId($"{account}/{region}/{alias}"),
                Created = estate.Now,
                Manager = "AWS",
                Rotation = true,
                Description = $"Default key that protects my {service} data when no other key is defined",
                Aliases = [alias],
            });
    }

    public static Key? ByAlias(World world, string account, string region, string alias) =>
        world.Keys.In(account, region).Values.FirstOrDefault(key => key.Aliases.Contains(alias));

    /// <summary>An id or alias of the account and region; null when there is none.</summary>
    public static Key? Find(World world, string account, string region, string name) =>
        name.StartsWith("alias/", StringComparison.Ordinal)
            ? ByAlias(world, account, region, name)
            : world.Keys.Find(account, region, name);

    /// <summary>The ARN of the key a table or bucket names. An ARN is taken as it stands: AWS lets one outlive its key.</summary>
    public static string ArnOf(World world, string account, string region, string name) =>
        name.StartsWith("arn:", StringComparison.Ordinal)
            ? name
            : (Find(world, account, region, name) ?? Find(world, account, region, $"alias/{name}"))?.Arn
                ?? throw new EstateException($"The estate has no key {name} of account {account} in {region}.");
}
