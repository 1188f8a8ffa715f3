using System.Collections.Immutable;

namespace PostureScanner.Sandbox.Founding;

/// <summary>Makes and unmakes global tables: every replica is a table in its own region, and all members know all regions.</summary>
internal static class Replicas
{
    private const string Active = "ACTIVE";

    public static World Join(Estate estate, World world, Table table, TableSpec spec)
    {
        var members = table.Members.IsEmpty ? table.Members.SetItem(table.Region, Active) : table.Members;
        foreach (var replica in spec.Replicas!)
            members = members.SetItem(estate.RegionOr(replica.Region), replica.Status ?? Active);
        foreach (var replica in spec.Replicas)
            world = PutReplica(estate, world, table, spec, replica);
        return Tell(world, table, members);
    }

    /// <summary>A deleted member disappears from the others' lists; the last one is an ordinary table again.</summary>
    public static World Leave(World world, Table table) =>
        table.Members.IsEmpty ? world : Tell(world, table, table.Members.Remove(table.Region));

    private static World PutReplica(Estate estate, World world, Table table, TableSpec spec, ReplicaSpec replica)
    {
        var there = world.Tables.Find(table.Account, replica.Region, table.Name) ?? TableFounder.Blank(estate, table.Account, replica.Region, table.Name) with
        {
            Created = table.Created,
            Class = table.Class,
            Items = table.Items,
            Bytes = table.Bytes,
            Consistency = table.Consistency,
            Definition = table.Definition,
        };
        return TableFounder.Put(estate, world, there, spec with
        {
            Replicas = null,
            Backups = null,
            Status = replica.Status ?? Active,
            Key = replica.Key ?? spec.Key,
            Pitr = replica.Pitr ?? spec.Pitr,
            DeletionProtection = replica.DeletionProtection ?? spec.DeletionProtection,
        });
    }

    private static World Tell(World world, Table table, ImmutableSortedDictionary<string, string> members)
    {
        var told = members.Count > 1 ? members : members.Clear();
        foreach (var region in members.Keys)
        {
            if (world.Tables.Find(table.Account, region, table.Name) is { } member)
                world = world.Put(member with { Members = told });
        }

        return world;
    }
}
