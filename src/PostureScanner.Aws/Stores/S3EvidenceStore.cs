using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Stores;

/// <summary>Evidence as objects in S3, created by conditional writes and, where asked for, each locked by its own retention.</summary>
internal sealed class S3EvidenceStore(StoreBucket bucket, S3Place place, EvidenceRetention? retention, TimeProvider clock) : IEvidenceStore
{
    public static readonly Call Put = new("s3:PutObject", "s3:PutObject");
    public static readonly Call Retain = new("s3:PutObject", "s3:PutObjectRetention");
    public static readonly Call Get = new("s3:GetObject", "s3:GetObject");
    public static readonly Call List = new("s3:ListObjectsV2", "s3:ListBucket");

    /// <summary>Names the attempt to create an object: who finds another's, or the same bytes written before, has not created it.</summary>
    private const string Attempt = "posture-attempt";

    public string Place => Name("").TrimEnd('/');

    public async Task<bool> CreateAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket.Name,
            Key = place.Key(EvidencePath.Checked(path)),
            IfNoneMatch = "*",
            InputStream = content,
            AutoCloseStream = false,
            ContentType = "application/octet-stream",
            // Said twice: what names the algorithm is what makes a digest count for a retention.
            ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
            ChecksumSHA256 = Convert.ToBase64String(await HashAsync(content, cancellationToken)),
        };
        var attempt = Guid.NewGuid().ToString("N");
        request.Metadata[Attempt] = attempt;
        if (retention is not null)
        {
            request.ObjectLockMode = ObjectLockMode.FindValue(retention.Mode);
            request.ObjectLockRetainUntilDate = (clock.GetUtcNow() + retention.Period).UtcDateTime;
        }

        try
        {
            await bucket.PutAsync(request, cancellationToken);
            return true;
        }
        catch (OwnCallException exception) when (exception.Status == HttpStatusCode.PreconditionFailed)
        {
            // A repeated request meets its own write where only the answer to the first was lost.
            return await AttemptAsync(path, cancellationToken) == attempt;
        }
        catch (OwnCallException exception) when (retention is not null && exception.Code == "InvalidRequest" && exception.Message.Contains("Object Lock", StringComparison.Ordinal))
        {
            throw new EvidenceException($"{Name(path)} cannot be kept for {Durations.Format(retention.Period)}: the bucket has no Object Lock; switch it on for the bucket, or leave the retention out", exception);
        }
        catch (OwnCallException exception)
        {
            throw Problem(path, "written", exception, retention is null ? [Put] : [Put, Retain]);
        }
    }

    public async Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await bucket.ReadAsync(place.Key(EvidencePath.Checked(path)), cancellationToken))?.Body;
        }
        catch (OwnCallException exception)
        {
            // Without s3:ListBucket S3 answers 403 for a missing key, too: then nobody can know whether there is one.
            throw Problem(path, "read", exception, [Get, List]);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = place.Key("");
        var request = new ListObjectsV2Request
        {
            BucketName = bucket.Name,
            Prefix = root + EvidencePath.CheckedPrefix(prefix),
            StartAfter = after is null ? null : root + after,
        };
        do
        {
            var page = await PageAsync(prefix, request, cancellationToken);
            // "Folders" made in the console are empty objects whose key ends with a slash.
            foreach (var found in (page.S3Objects ?? []).Where(o => !o.Key.EndsWith('/')))
                yield return found.Key[root.Length..];
            request.ContinuationToken = page.IsTruncated is true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private async Task<ListObjectsV2Response> PageAsync(string prefix, ListObjectsV2Request request, CancellationToken cancellationToken)
    {
        try
        {
            var page = await bucket.AskAsync((s3, token) => s3.ListObjectsV2Async(request, token), bytes: 0, cancellationToken);
            return page.IsTruncated is true && (string.IsNullOrEmpty(page.NextContinuationToken) || page.NextContinuationToken == request.ContinuationToken)
                ? throw new EvidenceException($"{Name(prefix)} cannot be listed: a page repeats")
                : page;
        }
        catch (OwnCallException exception)
        {
            throw Problem(prefix, "listed", exception, [List]);
        }
    }

    /// <summary>By which attempt what stands there was created; null where nothing does, or where nobody said.</summary>
    private async Task<string?> AttemptAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var head = await bucket.AskAsync((s3, token) => s3.GetObjectMetadataAsync(bucket.Name, place.Key(path), token), bytes: 0, cancellationToken);
            return head.Metadata[Attempt];
        }
        catch (OwnCallException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (OwnCallException exception)
        {
            throw Problem(path, "read again after it was written", exception, [Get, List]);
        }
    }

    private static async Task<byte[]> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var hash = await SHA256.HashDataAsync(content, cancellationToken);
        content.Position = 0;
        return hash;
    }

    private EvidenceException Problem(string path, string deed, OwnCallException exception, Call[] calls) => new(
        $"{Name(path)} cannot be {deed}: {exception.Message}"
        + (exception.Status == HttpStatusCode.Forbidden ? $"; the role needs {string.Join(" and ", calls.Select(c => c.Permission))}" : ""),
        exception);

    private string Name(string path) => $"s3://{bucket.Name}/{place.Key(path)}";
}
