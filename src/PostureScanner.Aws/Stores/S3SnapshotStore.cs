using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Core.Drift;

namespace PostureScanner.Aws.Stores;

/// <summary>The state as an object in S3, replaced by conditional writes. The bucket must not lock it.</summary>
/// <param name="clientIn">A client for a region.</param>
/// <param name="home">The region that is asked where the bucket stands.</param>
internal sealed class S3SnapshotStore(Func<string, IAmazonS3> clientIn, string home, string bucket, string key) : ISnapshotStore
{
    private IAmazonS3? _client;

    private string Place => $"s3://{bucket}/{key}";

    public async Task<StoredSnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var s3 = await ClientAsync(cancellationToken);
            using var response = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, cancellationToken);
            await using var body = response.ResponseStream;
            return new StoredSnapshot(SnapshotJson.Read(body), response.ETag);
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchKey")
        {
            return null;
        }
        catch (SnapshotException exception)
        {
            throw new SnapshotException($"{Place}: {exception.Message}. Remove the state only if a new baseline is what you want", exception);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.Forbidden)
        {
            // Without s3:ListBucket S3 answers so for a missing key, too: then nobody can know that this is the first run.
            throw new SnapshotException($"{Place} cannot be read: {exception.ErrorCode}; the role needs s3:GetObject on it and s3:ListBucket on its prefix", exception);
        }
        catch (Exception exception) when (IsOfAws(exception))
        {
            throw new SnapshotException($"{Place} cannot be read: {exception.Message}", exception);
        }
    }

    public async Task<string?> WriteAsync(Snapshot snapshot, string? expected, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        SnapshotJson.Write(snapshot, memory);
        memory.Position = 0;
        var request = new PutObjectRequest { BucketName = bucket, Key = key, InputStream = memory, AutoCloseStream = false, ContentType = "application/json" };
        if (expected is null)
            request.IfNoneMatch = "*";
        else
            request.IfMatch = expected;
        try
        {
            var s3 = await ClientAsync(cancellationToken);
            return (await s3.PutObjectAsync(request, cancellationToken)).ETag;
        }
        // 412: another state stands there. 409: somebody is writing right now. 404: the one we read has been removed.
        catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict || exception.ErrorCode == "NoSuchKey")
        {
            // A repeated request meets its own write where only the answer to the first was lost.
            return await OwnVersionAsync(memory.ToArray(), cancellationToken);
        }
        catch (Exception exception) when (IsOfAws(exception))
        {
            throw new SnapshotException($"{Place} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>The version of what stands there, where it is what was to be written.</summary>
    private async Task<string?> OwnVersionAsync(byte[] written, CancellationToken cancellationToken)
    {
        try
        {
            var s3 = await ClientAsync(cancellationToken);
            using var response = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, cancellationToken);
            using var standing = new MemoryStream();
            await response.ResponseStream.CopyToAsync(standing, cancellationToken);
            return standing.GetBuffer().AsSpan(0, (int)standing.Length).SequenceEqual(written) ? response.ETag : null;
        }
        catch (Exception exception) when (IsOfAws(exception))
        {
            throw new SnapshotException($"{Place} cannot be read again after it was written: {exception.Message}", exception);
        }
    }

    private async Task<IAmazonS3> ClientAsync(CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            using var asking = clientIn(home);
            var region = (await BucketHead.AskAsync(asking, bucket, cancellationToken)).BucketRegion;
            _client = clientIn(string.IsNullOrEmpty(region) ? home : region);
        }

        return _client;
    }

    private static bool IsOfAws(Exception exception) => exception is AmazonServiceException or AmazonClientException or HttpRequestException;
}
