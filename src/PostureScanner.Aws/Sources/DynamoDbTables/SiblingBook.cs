using System.Collections.Concurrent;
using System.Collections.Immutable;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Sources.DynamoDbTables;

/// <summary>
/// Which tables of an account are replicas of one another, and which of them a stack owns. One stack makes a global table in one region;
/// the replicas elsewhere carry no tags of it, and live and die with it.
/// </summary>
internal sealed class SiblingBook(ImmutableArray<string> scanned, ApiCaller caller)
{
    /// <summary>Ours: a replica's owner is not known.</summary>
    private const string Unread = "ReplicaNotRead";

    private readonly ConcurrentDictionary<(string Name, string Region), Reading<StackOwner>> _owners = new();
    private readonly ConcurrentDictionary<(string Name, string Region), ImmutableArray<string>> _waiting = new();

    /// <summary>A table's owner by its own tags.</summary>
    public void Add(Resource table, Reading<StackOwner> owner) => _owners[PlaceOf(table)] = owner;

    /// <summary>A table without a stack of its own, and the regions of its replicas.</summary>
    public void Await(Resource table, IEnumerable<string> regions) => _waiting[PlaceOf(table)] = [.. regions.Order(StringComparer.Ordinal)];

    public bool Waits(Resource table) => _waiting.ContainsKey(PlaceOf(table));

    public bool IsAwaited(Resource table) => _waiting.Any(w => w.Key.Name == table.Name && w.Value.Contains(table.Target.Region, StringComparer.Ordinal));

    /// <summary>The owners of the replicas that have one, by region, and last an Unknown where that of another is not known.</summary>
    public IEnumerable<Reading<StackOwner>> OwnersBeside(Resource table)
    {
        var owners = _waiting[PlaceOf(table)].Select(region => (Region: region, Owner: _owners.GetValueOrDefault((table.Name, region)))).ToList();
        foreach (var (_, owner) in owners.Where(o => o.Owner.State == ReadingState.Known))
            yield return owner;
        var unread = owners.Where(o => o.Owner.State == ReadingState.Unknown).ToList();
        if (unread.Count > 0)
        {
            var reasons = unread.Select(o => scanned.Contains(o.Region, StringComparer.Ordinal)
                ? o.Owner.NotRead is { } notRead ? $"{o.Region} was not read ({notRead.Code})" : $"{o.Region} was not listed"
                : $"{o.Region} is not scanned");
            yield return Reading<StackOwner>.Unknown(
                new NotRead(TableProbes.Tags.Call.Operation, Unread, $"it has no stack of its own, and a replica's may own it: that in {string.Join(", that in ", reasons)}"), caller.Now);
        }
    }

    private static (string Name, string Region) PlaceOf(Resource table) => (table.Name, table.Target.Region);
}
