using System.Net;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Core.Drift;

namespace PostureScanner.Aws.Stores;

/// <summary>The state as an object in S3, replaced by conditional writes. The bucket must not lock it.</summary>
internal sealed class S3SnapshotStore(StoreBucket bucket, string key) : ISnapshotStore
{
    private string Place => $"s3://{bucket.Name}/{key}";

    public async Task<StoredSnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await bucket.ReadAsync(key, cancellationToken) is { } stored ? new StoredSnapshot(SnapshotJson.Read(stored.Body.GetBuffer().AsSpan(0, (int)stored.Body.Length)), stored.ETag) : null;
        }
        catch (SnapshotException exception)
        {
            throw new SnapshotException($"{Place}: {exception.Message}. Remove the state only if a new baseline is what you want", exception);
        }
        catch (OwnCallException exception) when (exception.Status == HttpStatusCode.Forbidden)
        {
            // Without s3:ListBucket S3 answers so for a missing key, too: then nobody can know that this is the first run.
            throw new SnapshotException($"{Place} cannot be read: {exception.Message}; the role needs s3:GetObject on it and s3:ListBucket on its prefix", exception);
        }
        catch (OwnCallException exception)
        {
            throw new SnapshotException($"{Place} cannot be read: {exception.Message}", exception);
        }
    }

    public async Task<string?> WriteAsync(Snapshot snapshot, string? expected, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        SnapshotJson.Write(snapshot, memory);
        var request = new PutObjectRequest { BucketName = bucket.Name, Key = key, InputStream = memory, AutoCloseStream = false, ContentType = "application/json" };
        if (expected is null)
            request.IfNoneMatch = "*";
        else
            request.IfMatch = expected;
        try
        {
            return (await bucket.PutAsync(request, cancellationToken)).ETag;
        }
        catch (OwnCallException exception) when (exception.Code == "NoSuchKey" && expected is not null)
        {
            throw new SnapshotException($"{Place} was removed while the scan ran; what this run found is not saved and nobody is told, and the next run will begin anew", exception);
        }
        catch (OwnCallException exception) when (exception.Status == HttpStatusCode.PreconditionFailed)
        {
            // Another state stands there, or our own: a repeated request meets its own write where only the answer to the first was lost.
            return await OwnVersionAsync(memory.ToArray(), cancellationToken);
        }
        catch (OwnCallException exception)
        {
            throw new SnapshotException($"{Place} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>The version of what stands there, where it is what was to be written.</summary>
    private async Task<string?> OwnVersionAsync(byte[] written, CancellationToken cancellationToken)
    {
        try
        {
            var standing = await bucket.ReadAsync(key, cancellationToken);
            return standing?.Body.ToArray().AsSpan().SequenceEqual(written) == true ? standing.ETag : null;
        }
        catch (OwnCallException exception)
        {
            throw new SnapshotException($"{Place} cannot be read again after it was written: {exception.Message}", exception);
        }
    }
}
