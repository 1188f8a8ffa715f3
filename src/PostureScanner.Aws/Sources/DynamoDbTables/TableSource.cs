using System.Collections.Immutable;
using System.Threading.Channels;
using Amazon.DynamoDBv2.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Sources.DynamoDbTables;

/// <summary>Every table of one account in some regions.</summary>
internal sealed class TableSource(AwsAccount account, ImmutableArray<string> regions, ApiCaller caller, KeyBook keys, StackBook stacks) : IResourceSource
{
    public FactTable Table => TableRows.Instance.Table;

    public IAsyncEnumerable<SourceItem> ReadAsync(FactSelection wanted, string? only, CancellationToken stopReading) => SourceStream.Of(async output =>
    {
        var siblings = new SiblingBook(regions, caller);
        var reader = new ResourceReader<TableSubject>(TableRows.Instance, wanted, caller, output, stopReading);
        var others = await Task.WhenAll(regions.Select(region => ReadRegionAsync(region, siblings, reader, only, output, stopReading)));
        await reader.ReadForOthersAsync(others.SelectMany(o => o).Where(o => siblings.IsAwaited(o.Resource)));
        await reader.JoinAsync();
    });

    /// <summary>Reads one region's tables, and gives those that are not wanted.</summary>
    private async Task<List<TableSubject>> ReadRegionAsync(
        string region, SiblingBook siblings, ResourceReader<TableSubject> reader, string? only, ChannelWriter<SourceItem> output, CancellationToken stopReading)
    {
        var target = new Target(account.Id, region);
        var (names, requests, problem) = await ListAsync(region, stopReading);
        var tables = names
            .Select(name => new Resource(Table.Kind, $"arn:{AwsAccount.Partition(region)}:dynamodb:{region}:{account.Id}:table/{name}", name, target))
            .Select(table => new TableSubject(table, account, caller, keys, stacks, siblings))
            .ToLookup(table => only is null || table.Resource.Arn == only);
        var wantedTables = tables[true].ToList();
        await output.WriteAsync(new SourceItem.Listed(new Listing(target, Table.Kind, wantedTables.Count, problem is null, problem) { RequestIds = requests }), CancellationToken.None);
        await reader.ReadAsync(wantedTables);
        return [.. tables[false]];
    }

    /// <summary>What was listed, by which requests, and why it is not everything.</summary>
    private async Task<(IReadOnlyCollection<string> Names, ImmutableArray<string> Requests, string? Problem)> ListAsync(string region, CancellationToken stopReading)
    {
        // A set: what an emulator names twice is one table.
        var names = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        var requests = ImmutableArray.CreateBuilder<string>();
        string? last = null;
        while (true)
        {
            var page = await caller.AskAsync(
                new Api("dynamodb:ListTables", account.Id, region),
                token => account.DynamoDb(region).ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = last }, token),
                absentCodes: [],
                isWhole: response => response.TableNames is not null,
                stopReading);
            if (!page.IsKnown(out var response))
                return (names.Keys, requests.ToImmutable(), ListingProblem.Of(page.NotRead!));
            requests.AddRange(page.Origin?.RequestId is { } request ? [request] : Array.Empty<string>());
            foreach (var name in response.TableNames)
                names.TryAdd(name, true);
            if (string.IsNullOrEmpty(response.LastEvaluatedTableName))
                return (names.Keys, requests.ToImmutable(), null);
            // An emulator that repeats its token would be listed for ever.
            if (string.CompareOrdinal(response.LastEvaluatedTableName, last) <= 0)
                return (names.Keys, requests.ToImmutable(), "dynamodb:ListTables repeats a page; the listing cannot be completed");
            last = response.LastEvaluatedTableName;
        }
    }
}
