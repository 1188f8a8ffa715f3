using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

/// <summary>Everything an estate holds at one moment, as one value.</summary>
internal sealed record World
{
    public Shelf<Table> Tables { get; init; } = Shelf<Table>.Empty;
    public Shelf<Key> Keys { get; init; } = Shelf<Key>.Empty;

    /// <summary>By ARN. A backup outlives its table.</summary>
    public Shelf<Backup> Backups { get; init; } = Shelf<Backup>.Empty;

    /// <summary>Bucket names are unique over all accounts and regions.</summary>
    public ImmutableSortedDictionary<string, Bucket> Buckets { get; init; } = ImmutableSortedDictionary.Create<string, Bucket>(StringComparer.Ordinal);

    /// <summary>In the order they were put.</summary>
    public ImmutableList<MetricDatum> Metrics { get; init; } = [];

    public Shelf<Alarm> Alarms { get; init; } = Shelf<Alarm>.Empty;

    public Shelf<Topic> Topics { get; init; } = Shelf<Topic>.Empty;

    /// <summary>By ARN.</summary>
    public ImmutableSortedDictionary<string, Subscription> Subscriptions { get; init; } = ImmutableSortedDictionary.Create<string, Subscription>(StringComparer.Ordinal);

    /// <summary>In the order they were published.</summary>
    public ImmutableList<Notification> Notifications { get; init; } = [];

    public Shelf<Queue> Queues { get; init; } = Shelf<Queue>.Empty;

    /// <summary>By id: a name may have been a deleted stack's before.</summary>
    public Shelf<Stack> Stacks { get; init; } = Shelf<Stack>.Empty;

    public World Put(Table table) => this with { Tables = Tables.Put(table.Account, table.Region, table.Name, table) };

    public World Put(Key key) => this with { Keys = Keys.Put(key.Account, key.Region, key.Id, key) };

    public World Put(Bucket bucket) => this with { Buckets = Buckets.SetItem(bucket.Name, bucket) };

    public World Put(Topic topic) => this with { Topics = Topics.Put(topic.Account, topic.Region, topic.Name, topic) };

    public World Put(Queue queue) => this with { Queues = Queues.Put(queue.Account, queue.Region, queue.Name, queue) };

    public World Put(Stack stack) => this with { Stacks = Stacks.Put(stack.Account, stack.Region, stack.Id, stack) };

    public World Put(Alarm alarm) => this with { Alarms = Alarms.Put(alarm.Account, alarm.Region, alarm.Name, alarm) };

    public World Put(Backup backup, string account, string region) => this with { Backups = Backups.Put(account, region, backup.Arn, backup) };
}
