using System.Net;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Model;

namespace PostureScanner.Aws.Clients;

/// <summary>Asks any region where a bucket stands.</summary>
internal static class BucketHead
{
    /// <summary>A refusal that says where the bucket stands is an answer: HeadBucket gives the region to anyone who asks.</summary>
    /// <exception cref="AmazonS3Exception">There is no such bucket, or nothing says where it stands.</exception>
    public static async Task<HeadBucketResponse> AskAsync(IAmazonS3 client, string bucket, CancellationToken cancellationToken)
    {
        try
        {
            return await client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (RegionIn(exception) is not null)
        {
            return new HeadBucketResponse { BucketRegion = RegionIn(exception) };
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            // The answer to a HEAD has no body, and so no code: S3's 503 is SlowDown.
            exception.ErrorCode = "SlowDown";
            throw;
        }
    }

    private static string? RegionIn(AmazonS3Exception exception) =>
        (exception.InnerException as HttpErrorResponseException)?.Response.GetHeaderValue("x-amz-bucket-region") is { Length: > 0 } region
            && exception.StatusCode != HttpStatusCode.NotFound
            ? region
            : null;
}
