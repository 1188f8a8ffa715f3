using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

/// <summary>Everything an estate holds at one moment, as one value.</summary>
sealed record World
{
    public Shelf<Table> Tables { get; init; } = Shelf<Table>.Empty;
    public Shelf<Key> Keys { get; init; } = Shelf<Key>.Empty;

    /// <summary>By ARN. A backup outlives its table.</summary>
    public Shelf<Backup> Backups { get; init; } = Shelf<Backup>.Empty;

    /// <summary>Bucket names are unique over all accounts and regions.</summary>
    public ImmutableSortedDictionary<string, Bucket> Buckets { get; init; } = ImmutableSortedDictionary.Create<string, Bucket>(StringComparer.Ordinal);

    public World Put(Table table) => this with { Tables = Tables.Put(table.Account, table.Region, table.Name, table) };

    public World Put(Key key) => this with { Keys = Keys.Put(key.Account, key.Region, key.Id, key) };

    public World Put(Bucket bucket) => this with { Buckets = Buckets.SetItem(bucket.Name, bucket) };

    public World Put(Backup backup, string account, string region) => this with { Backups = Backups.Put(account, region, backup.Arn, backup) };
}
