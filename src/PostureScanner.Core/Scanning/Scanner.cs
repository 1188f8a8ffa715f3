using System.Collections.Immutable;
using System.Threading.Channels;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Core.Scanning;

/// <summary>What one scan is to do.</summary>
/// <param name="Only">The ARN of the one resource to look at; null for all.</param>
/// <param name="Record">Given every sheet as it is read; null where nobody keeps them.</param>
public sealed record ScanOrder(string ScanId, string ToolVersion, PolicySet Policies, string? Only = null, Action<Sheet>? Record = null);

/// <summary>Runs one scan: every source at once, each sheet judged as it arrives.</summary>
public sealed class Scanner(ImmutableArray<IResourceSource> sources, CallTally calls, TimeProvider clock)
{
    /// <param name="stopReading">When signalled, what has not been read becomes Unknown and the report is made of what there is.</param>
    public async Task<Report> ScanAsync(ScanOrder order, IProgress<ScanProgress>? progress = null, CancellationToken stopReading = default)
    {
        var startedAt = clock.GetUtcNow();
        var listings = new List<Listing>();
        var outside = new List<OutOfScope>();
        var findings = new List<Finding>();
        var notices = new Notices(order.Policies, startedAt);
        var readings = ImmutableSortedDictionary.CreateBuilder<string, ResourceReading>(StringComparer.Ordinal);
        var seen = new ScanProgress();

        await foreach (var item in StartReading(order, stopReading).ReadAllAsync(CancellationToken.None))
        {
            switch (item)
            {
                case SourceItem.Listed listed:
                    listings.Add(listed.Listing);
                    seen = seen with { Listed = seen.Listed + listed.Listing.Listed };
                    break;
                case SourceItem.OutsideScope outsideScope:
                    outside.Add(outsideScope.Resources);
                    continue;
                case SourceItem.Asked:
                    seen = seen with { Asked = seen.Asked + 1 };
                    break;
                case SourceItem.Read read:
                    notices.See(read.Sheet);
                    order.Record?.Invoke(read.Sheet);
                    readings[read.Sheet.Resource.Arn] = ResourceReading.Of(read.Sheet);
                    foreach (var finding in Judge.Findings(order.Policies, read.Sheet, startedAt))
                    {
                        notices.See(finding);
                        findings.Add(finding);
                    }

                    continue;
            }

            progress?.Report(seen);
        }

        findings.Sort(FindingOrder.Instance);
        return new Report(
            order.ScanId,
            startedAt,
            clock.GetUtcNow(),
            order.ToolVersion,
            order.Policies.Digest,
            Complete: listings.TrueForAll(l => l.Complete) && !stopReading.IsCancellationRequested,
            [.. listings.OrderBy(l => l.Target).ThenBy(l => l.Kind, StringComparer.Ordinal)],
            [.. outside.OrderBy(o => o.Target).ThenBy(o => o.Kind, StringComparer.Ordinal)],
            calls.Sent,
            notices.Applied,
            [.. findings],
            notices.Sentences,
            Drift: [])
        {
            ApiThrottles = calls.Throttled,
            Readings = readings.ToImmutable(),
        };
    }

    private ChannelReader<SourceItem> StartReading(ScanOrder order, CancellationToken stopReading)
    {
        // Bounded: when judging is slower than reading, reading waits and memory stays flat.
        var channel = Channel.CreateBounded<SourceItem>(new BoundedChannelOptions(256) { SingleReader = true });
        _ = Task.WhenAll(sources.Select(PumpAsync))
            .ContinueWith(task => channel.Writer.TryComplete(task.Exception?.InnerException), TaskScheduler.Default);
        return channel.Reader;

        async Task PumpAsync(IResourceSource source)
        {
            if (order.Policies.Select(source.Table) is not { } wanted)
                return;
            await foreach (var item in source.ReadAsync(wanted, order.Only, stopReading))
                await channel.Writer.WriteAsync(item, CancellationToken.None);
        }
    }
}
