using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Sources;

/// <summary>Stands for an account nobody could get into: it lists nothing, and says why.</summary>
internal sealed class UnreachedSource(FactTable table, string account, ImmutableArray<string> regions, string problem) : IResourceSource
{
    public FactTable Table => table;

    public async IAsyncEnumerable<SourceItem> ReadAsync(FactSelection wanted, string? only, [EnumeratorCancellation] CancellationToken stopReading)
    {
        await Task.CompletedTask;
        foreach (var region in regions)
            yield return new SourceItem.Listed(new Listing(new Target(account, region), table.Kind, 0, Complete: false, problem));
    }
}
