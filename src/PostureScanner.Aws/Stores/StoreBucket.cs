using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Aws.Stores;

/// <summary>A bucket that keeps what is ours, in whatever region it stands.</summary>
/// <param name="clientIn">A client for a region.</param>
/// <param name="home">The region that is asked where the bucket stands.</param>
/// <param name="setting">What names the bucket, for whoever must correct it.</param>
/// <param name="patience">How long a call may take, beside the time for what it carries.</param>
internal sealed class StoreBucket(Func<string, IAmazonS3> clientIn, string home, string name, string setting, TimeSpan patience, TimeProvider clock)
{
    private const int MostConflicts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Bytes a second. A line slower than this counts as broken.</summary>
    private const double SlowestLine = 64 * 1024;

    private IAmazonS3? _client;

    public string Name => name;

    public static StoreBucket Of(AwsSettings settings, string name, string setting, TimeProvider clock) =>
        new(Login.Of(settings).S3, Regions.Of(settings.Regions).Home[0], name, setting, settings.Patience, clock);

    /// <param name="bytes">What the call carries there and back.</param>
    /// <exception cref="OwnCallException">It failed, or the bucket cannot be found.</exception>
    public async Task<T> AskAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> send, long bytes, CancellationToken cancellationToken)
    {
        try
        {
            var s3 = _client ??= await OwnCall.AskAsync(patience, FindAsync, cancellationToken);
            return await OwnCall.AskAsync(Limit(bytes), token => send(s3, token), cancellationToken);
        }
        catch (OwnCallException exception) when (Advice(exception) is { } advice)
        {
            throw new OwnCallException(advice, exception.InnerException!);
        }
    }

    /// <summary>What to do where the bucket itself is the matter. The answer to a HEAD, by which it is looked for, has no body, and so no words.</summary>
    private Fault? Advice(OwnCallException exception) => (exception.Code, exception.Status) switch
    {
        ("NoSuchBucket", _) => Missing,
        (_, HttpStatusCode.NotFound) when _client is null => Missing,
        (var code, HttpStatusCode.Forbidden) when _client is null => new Fault(FaultSort.Answer, code, $"S3 does not say whether the bucket {name} exists; if it is not yours, correct {setting}"),
        _ => null,
    };

    private Fault Missing => new(FaultSort.Answer, "NoSuchBucket", $"the bucket {name} does not exist; create it, or correct {setting}");

    /// <summary>Writes on a condition. Where another write was under way, S3 answers 409 and has looked at no condition: only asking again tells.</summary>
    /// <exception cref="OwnCallException">It failed, or the conflicts did not end.</exception>
    public async Task<PutObjectResponse> PutAsync(PutObjectRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                request.InputStream.Position = 0;
                return await AskAsync((s3, token) => s3.PutObjectAsync(request, token), request.InputStream.Length, cancellationToken);
            }
            catch (OwnCallException exception) when (exception.Status == HttpStatusCode.Conflict && attempt < MostConflicts)
            {
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), clock, cancellationToken);
            }
        }
    }

    /// <summary>The whole object, so that an answer that breaks off is no answer; null where S3 says that there is none.</summary>
    /// <exception cref="OwnCallException">It cannot be read.</exception>
    public async Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await AskAsync((s3, token) => s3.GetObjectAsync(new GetObjectRequest { BucketName = name, Key = key }, token), bytes: 0, cancellationToken);
            return await OwnCall.AskAsync(
                Limit(response.ContentLength),
                async token =>
                {
                    var body = new MemoryStream((int)Math.Clamp(response.ContentLength, 0, Array.MaxLength));
                    await response.ResponseStream.CopyToAsync(body, token);
                    body.Position = 0;
                    return new StoredObject(body, response.ETag);
                },
                cancellationToken);
        }
        catch (OwnCallException exception) when (exception.Code == "NoSuchKey")
        {
            return null;
        }
    }

    private async Task<IAmazonS3> FindAsync(CancellationToken cancellationToken)
    {
        using var asking = clientIn(home);
        var region = (await BucketHead.AskAsync(asking, name, cancellationToken)).BucketRegion;
        return clientIn(string.IsNullOrEmpty(region) ? home : region);
    }

    private TimeSpan Limit(long bytes) => patience + TimeSpan.FromSeconds(bytes / SlowestLine);
}

internal sealed record StoredObject(MemoryStream Body, string ETag);
