namespace PostureScanner.Sandbox.Founding;

/// <summary>Puts tables into an estate, changes them and takes them away.</summary>
internal static class TableFounder
{
    public static World Add(Estate estate, TableSpec spec)
    {
        var account = estate.AccountOr(spec.Account);
        var region = estate.RegionOr(spec.Region);
        if (estate.World.Tables.Find(account, region, spec.Name) is not null)
            throw new EstateException($"The estate already has a table {spec.Name} in {region}.");
        return Put(estate, estate.World, Blank(estate, account, region, spec.Name), spec);
    }

    public static World Change(Estate estate, TableSpec spec) => Put(estate, estate.World, Existing(estate, spec.Name, spec.Region, spec.Account), spec);

    public static World Remove(Estate estate, string name, string? region, string? account) =>
        Remove(estate, estate.World, Existing(estate, name, region, account));

    public static World Remove(Estate estate, World world, Table table)
    {
        world = world with { Tables = world.Tables.Remove(table.Account, table.Region, table.Name) };
        if (table.Pitr is not null)
            world = world.Put(Backups.LastOf(estate, table), table.Account, table.Region);
        return Replicas.Leave(world, table);
    }

    public static Table Blank(Estate estate, string account, string region, string name) => new()
    {
        Account = account,
        Region = region,
        Name = name,
        Id = estate.NewId($"{account}/{region}/{name}"),
        Created = estate.Now,
    };

    public static World Put(Estate estate, World world, Table table, TableSpec spec)
    {
        if (spec.Key == Keyring.Managed)
            world = Keyring.WithManaged(world, estate, table.Account, table.Region, "dynamodb");
        table = Alter(estate, world, table, spec);
        world = world.Put(table);
        foreach (var backup in spec.Backups ?? [])
            world = world.Put(Backups.Of(estate, table, backup), table.Account, table.Region);
        return spec.Replicas is null ? world : Replicas.Join(estate, world, table, spec);
    }

    private static Table Alter(Estate estate, World world, Table table, TableSpec spec)
    {
        var created = spec.Created is { } age ? estate.Now - age : table.Created;
        return table with
        {
            Created = created,
            Status = spec.Status ?? table.Status,
            Items = spec.Items ?? table.Items,
            Bytes = spec.Bytes ?? table.Bytes,
            Class = spec.Class ?? table.Class,
            DeletionProtection = spec.DeletionProtection ?? table.DeletionProtection,
            Consistency = spec.Consistency ?? table.Consistency,
            Tags = table.Tags.Merge(spec.Tags, estate.Now),
            Pitr = PitrOf(estate, table, created, spec.Pitr),
            KeyArn = spec.Key switch
            {
                null => table.KeyArn,
                Keyring.Owned => null,
                Keyring.Managed => Keyring.ArnOf(world, table.Account, table.Region, "alias/aws/dynamodb"),
                var key => Keyring.ArnOf(world, table.Account, table.Region, key),
            },
        };
    }

    private static Pitr? PitrOf(Estate estate, Table table, DateTimeOffset created, PitrSpec? spec)
    {
        if (spec is null)
            return table.Pitr;
        if (!spec.Enabled)
            return null;
        var since = spec.Since is { } age ? estate.Now - age : table.Pitr?.Since ?? (Exists(estate, table) ? estate.Now : created);
        return new Pitr(since, spec.RecoveryPeriodInDays ?? table.Pitr?.Days ?? Pitr.MostDays, spec.Latest ?? table.Pitr?.Lag ?? Pitr.UsualLag);
    }

    private static bool Exists(Estate estate, Table table) => estate.World.Tables.Find(table.Account, table.Region, table.Name) is not null;

    private static Table Existing(Estate estate, string name, string? region, string? account) =>
        estate.World.Tables.All.TheOnly("table", name, region, account, table => new Place(table.Account, table.Region, table.Name));
}
