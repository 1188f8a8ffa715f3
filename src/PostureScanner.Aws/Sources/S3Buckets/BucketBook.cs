using System.Collections.Concurrent;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>Where a bucket stands.</summary>
/// <param name="IsOwn">Among the account's own buckets; null where the listing of these is not complete.</param>
internal sealed record BucketPlace(string Region, bool? IsOwn);

/// <summary>What is known of an account's buckets together: where each stands, who replicates to whom. Every question about a bucket is asked once.</summary>
internal sealed class BucketBook
{
    public const string Head = "s3:HeadBucket";
    public const string Versioning = "s3:GetBucketVersioning";

    private readonly ConcurrentDictionary<string, Reading<BucketPlace>> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unread = new(StringComparer.Ordinal);
    private readonly Memo<string, Reading<BucketPlace>> _heads;
    private readonly Memo<(string Bucket, string Region, string? Owner), Reading<S3BucketVersioningConfig>> _versionings;
    private readonly AwsAccount _account;

    /// <param name="homeRegion">The region whose endpoint is asked where a bucket stands; any one answers for all.</param>
    /// <param name="isListed">The listing of the account's own buckets is complete: what it does not name is somebody else's.</param>
    public BucketBook(AwsAccount account, ApiCaller caller, string homeRegion, bool isListed, CancellationToken stopReading)
    {
        _account = account;
        IsListed = isListed;
        _heads = new Memo<string, Reading<BucketPlace>>(async bucket =>
            (await caller.AskAsync(
                new Api(Head, account.Id, homeRegion),
                token => BucketHead.AskAsync(account.S3(homeRegion), bucket, token),
                absentCodes: ["NotFound"],
                isWhole: response => !string.IsNullOrEmpty(response.BucketRegion),
                stopReading))
            .Select((response, _) => new BucketPlace(response.BucketRegion, isListed ? false : null)));
        _versionings = new Memo<(string Bucket, string Region, string? Owner), Reading<S3BucketVersioningConfig>>(async key =>
            (await caller.AskAsync(
                new Api(Versioning, account.Id, key.Region),
                token => account.S3(key.Region).GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = key.Bucket, ExpectedBucketOwner = key.Owner }, token),
                absentCodes: [],
                isWhole: response => response.VersioningConfig is not null,
                stopReading))
            .Select((response, _) => response.VersioningConfig));
    }

    public bool IsListed { get; }

    /// <summary>A bucket of the account, at the place its listing gave.</summary>
    public void AddOwn(string bucket, Reading<BucketPlace> place) => _own[bucket] = place;

    /// <summary>Where any bucket stands; Absent where there is none of that name.</summary>
    public Task<Reading<BucketPlace>> PlaceOfAsync(string bucket) => _own.TryGetValue(bucket, out var place) ? Task.FromResult(place) : HeadAsync(bucket);

    /// <summary>Asks S3 where a bucket stands, whatever the listing said.</summary>
    public Task<Reading<BucketPlace>> HeadAsync(string bucket) => _heads.OfAsync(bucket);

    public Task<Reading<S3BucketVersioningConfig>> VersioningOfAsync(string bucket, BucketPlace place) =>
        _versionings.OfAsync((bucket, place.Region, place.IsOwn == true ? _account.Id : null));

    public void RulesRead(string bucket, Reading<Replication> replication)
    {
        if (!replication.IsKnown(out var rules))
        {
            _unread[bucket] = true;
            return;
        }

        foreach (var route in rules.Routes)
            _named[route.Destination] = true;
    }

    /// <summary>How many other buckets' rules could not be read: a bucket they name would not be known as a replica.</summary>
    public int UnreadRulesBeside(string bucket) => _unread.Count - (_unread.ContainsKey(bucket) ? 1 : 0);

    /// <summary>Whether a rule that was read copies into the bucket.</summary>
    public bool IsNamed(string bucket) => _named.ContainsKey(bucket);
}
