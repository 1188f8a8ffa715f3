using System.Collections.Immutable;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Tests.Aws;

/// <summary>Reads AWS as a scan does, without judging: the sources as composed, the facts that are asked for.</summary>
internal sealed record Reader(Uri Endpoint, TimeProvider Clock)
{
    public ImmutableArray<string> Regions { get; init; } = [AwsTest.Home, AwsTest.Away];

    public ImmutableArray<string> Roles { get; init; } = [];

    public Pace Pace { get; init; } = Pace.Off;

    public TimeSpan Patience { get; init; } = AwsSettings.DefaultPatience;

    /// <summary>The one kind to look at; null for all.</summary>
    public string? Kind { get; init; }

    public string? Only { get; init; }

    /// <summary>Told of everything that comes, as it comes.</summary>
    public Action<SourceItem> Seen { get; init; } = _ => { };

    public CancellationToken Stop { get; init; }

    /// <param name="facts">None for all there are. A kind that has none of them is not looked at.</param>
    public async Task<Scanned> ReadAsync(params string[] facts)
    {
        var calls = new CallTally();
        using var composition = await AwsComposition.ConnectAsync(new AwsSettings(Regions, Roles, Pace, Patience, Endpoint), calls, Clock, Stop);
        var items = new List<SourceItem>();
        await Task.WhenAll(composition.Sources.Select(ReadAsync));
        return new Scanned(items, calls);

        async Task ReadAsync(IResourceSource source)
        {
            var wanted = facts.Length == 0 ? All(source.Table) : [.. facts.Select(source.Table.Find).OfType<Fact>()];
            if (wanted.Count == 0 || (Kind ?? source.Table.Kind) != source.Table.Kind)
                return;
            await foreach (var item in source.ReadAsync(new FactSelection(source.Table, wanted), Only, Stop))
            {
                lock (items)
                    items.Add(item);
                Seen(item);
            }
        }
    }

    /// <summary>Every fact of a kind, a family by one member.</summary>
    public static List<Fact> All(FactTable table) => [.. table.Facts.Select(f => f.IsFamily ? table.Find(f.Prefix + "owner")! : f)];
}
