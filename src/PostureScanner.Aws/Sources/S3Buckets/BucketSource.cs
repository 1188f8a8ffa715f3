using System.Collections.Immutable;
using System.Threading.Channels;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>Every bucket of one account. One listing names them all; each belongs to the target of its own region.</summary>
internal sealed class BucketSource(AwsAccount account, ImmutableArray<string> regions, ApiCaller caller, KeyBook keys, StackBook stacks) : IResourceSource
{
    // Unpaged listing is refused to accounts with a raised quota; 10,000 is the most a page may have.
    public const int PageSize = 10_000;

    public FactTable Table => BucketRows.Instance.Table;

    public IAsyncEnumerable<SourceItem> ReadAsync(FactSelection wanted, string? only, CancellationToken stopReading) =>
        SourceStream.Of(output => ReadAsync(wanted, only, output, stopReading));

    private async Task ReadAsync(FactSelection wanted, string? only, ChannelWriter<SourceItem> output, CancellationToken stopReading)
    {
        var (listed, home, problem) = await ListAsync(stopReading);
        var book = new BucketBook(account, caller, home, isListed: problem is null, stopReading);
        var buckets = await PlaceAsync(listed, book);
        await ReportAsync(buckets, only, problem, [.. listed.Select(l => l.Origin.RequestId).OfType<string>().Distinct(StringComparer.Ordinal)], output);
        var unplaced = buckets.Where(b => b.Region == Target.UnknownRegion).ToList();
        // Nobody reads the rules of buckets out of scope: whom they copy to is not known.
        foreach (var bucket in buckets.Where(b => !regions.Contains(b.Region, StringComparer.Ordinal)))
            book.RulesRead(bucket.Resource.Name, default);

        var reader = new ResourceReader<BucketSubject>(BucketRows.Instance, wanted, caller, output, stopReading);
        var inScope = buckets.Where(b => regions.Contains(b.Region, StringComparer.Ordinal)).ToList();
        // Region by region at once, so that one that does not answer holds up no other.
        await Task.WhenAll(inScope.GroupBy(b => b.Region, StringComparer.Ordinal).Select(async region =>
        {
            await reader.ReadAsync(region.Where(b => IsWanted(b, only)));
            await reader.ReadForOthersAsync(region.Where(b => !IsWanted(b, only)));
        }));
        await reader.JoinAsync();

        foreach (var bucket in unplaced.Where(b => IsWanted(b, only)))
            await output.WriteAsync(new SourceItem.Read(Unread(bucket, wanted)), CancellationToken.None);
    }

    private static bool IsWanted(BucketSubject bucket, string? only) => only is null || bucket.Resource.Arn == only;

    /// <summary>What was listed, the region that listed it, and why it is not everything.</summary>
    private async Task<(List<(S3Bucket Bucket, Origin Origin)> Buckets, string Home, string? Problem)> ListAsync(CancellationToken stopReading)
    {
        var buckets = new List<(S3Bucket, Origin)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        // Any region lists all buckets.
        var (home, page) = await AnyRegion.AskAsync(regions, region => PageAsync(region, token: null, stopReading));
        while (true)
        {
            if (!page.IsKnown(out var response))
                return (buckets, home, ListingProblem.Of(page.NotRead!));

            // A bucket created or deleted between two pages may stand on both.
            buckets.AddRange((response.Buckets ?? []).Where(b => names.Add(b.BucketName)).Select(b => (b, page.Origin!)));
            if (string.IsNullOrEmpty(response.ContinuationToken))
                return (buckets, home, null);
            if (!tokens.Add(response.ContinuationToken))
                return (buckets, home, $"{BucketRows.ListBuckets.Operation} repeats a page; the listing cannot be completed");
            page = await PageAsync(home, response.ContinuationToken, stopReading);
        }
    }

    private Task<Reading<ListBucketsResponse>> PageAsync(string region, string? token, CancellationToken stopReading) => caller.AskAsync(
        new Api(BucketRows.ListBuckets.Operation, account.Id, region),
        cancellation => account.S3(region).ListBucketsAsync(new ListBucketsRequest { MaxBuckets = PageSize, ContinuationToken = token }, cancellation),
        absentCodes: [],
        isWhole: null,
        stopReading);

    /// <summary>Finds each bucket's region: from the listing where it says, else by HeadBucket.</summary>
    private async Task<List<BucketSubject>> PlaceAsync(List<(S3Bucket Bucket, Origin Origin)> listed, BucketBook book)
    {
        var places = await Task.WhenAll(listed.Select(async item =>
        {
            var place = item.Bucket.BucketRegion is { Length: > 0 } region
                ? Reading<BucketPlace>.Known(new BucketPlace(region, IsOwn: true), item.Origin)
                : (await book.HeadAsync(item.Bucket.BucketName)).Select((p, _) => p with { IsOwn = true });
            if (place.IsKnown(out var known) && !Regions.IsName(known.Region))
                place = caller.Unreadable<BucketPlace>(place.Origin!.Call, $"'{known.Region}' is no region");
            book.AddOwn(item.Bucket.BucketName, place);
            return place;
        }));
        return
        [
            .. listed.Zip(places, (item, place) =>
            {
                var region = place.IsKnown(out var known) ? known.Region : Target.UnknownRegion;
                var partition = AwsAccount.Partition(region == Target.UnknownRegion ? regions[0] : region);
                var resource = new Resource(Table.Kind, $"arn:{partition}:s3:::{item.Bucket.BucketName}", item.Bucket.BucketName, new Target(account.Id, region));
                var created = Reading<S3Bucket>.Known(item.Bucket, item.Origin)
                    .Select((b, _) => b.CreationDate is { } at ? new DateTimeCell(new DateTimeOffset(at.ToUniversalTime())) : null);
                return new BucketSubject(resource, created, account, caller, keys, stacks, book);
            }),
        ];
    }

    private async Task ReportAsync(List<BucketSubject> buckets, string? only, string? problem, ImmutableArray<string> requests, ChannelWriter<SourceItem> output)
    {
        var counts = buckets.Where(b => IsWanted(b, only)).CountBy(b => b.Region, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var region in regions)
            await ListedAsync(region, problem);

        if (counts.ContainsKey(Target.UnknownRegion))
            await ListedAsync(Target.UnknownRegion, problem ?? "the region of these buckets could not be read");

        foreach (var (region, count) in counts.Where(c => c.Key != Target.UnknownRegion && !regions.Contains(c.Key, StringComparer.Ordinal)))
            await output.WriteAsync(new SourceItem.OutsideScope(new OutOfScope(new Target(account.Id, region), Table.Kind, count)), CancellationToken.None);

        ValueTask ListedAsync(string region, string? why) => output.WriteAsync(
            new SourceItem.Listed(new Listing(new Target(account.Id, region), Table.Kind, counts.GetValueOrDefault(region), why is null, why) { RequestIds = requests }), CancellationToken.None);
    }

    /// <summary>Nobody can be asked about a bucket whose region is unknown; why it is unknown is why each fact is.</summary>
    private Sheet Unread(BucketSubject bucket, FactSelection wanted)
    {
        var notRead = bucket.Book.PlaceOfAsync(bucket.Resource.Name) is { IsCompletedSuccessfully: true, Result: { NotRead: { } reason } }
            ? reason
            : new NotRead(BucketBook.Head, "NotFound", "the bucket vanished between list and read");
        return new Sheet(bucket.Resource, wanted, [.. wanted.Facts.Select(_ => Reading<FactValue>.Unknown(notRead, caller.Now))]);
    }
}
