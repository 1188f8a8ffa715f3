using System.Collections.Immutable;
using PostureScanner.Sandbox.Founding;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

/// <summary>Whether there is such a bucket, where it is, and whether the caller may know.</summary>
internal static class Buckets
{
    private const string RegionHeader = "x-amz-bucket-region";
    private const string FirstRegion = "us-east-1";

    /// <summary>Still what the .NET SDK sends for eu-west-1.</summary>
    private const string OldNameOfIreland = "EU";

    public static Answer Head(Call call)
    {
        var bucket = Find(call);
        return new Answer(200, "application/xml", default).With(RegionHeader, bucket.Region).With("x-amz-access-point-alias", "false");
    }

    /// <summary>Answered from any region; us-east-1 is an empty element.</summary>
    public static Answer Location(Call call)
    {
        var bucket = Readable(call, Existing(call));
        return Xml.Answer(Xml.Of("LocationConstraint", bucket.Region == FirstRegion ? null : bucket.Region));
    }

    public static Answer Create(Call call)
    {
        var constraint = call.Request.Body.IsEmpty ? null : Xml.Parse(call.Request, "CreateBucketConfiguration").Child("LocationConstraint")?.Value;
        if ((constraint switch { null => FirstRegion, OldNameOfIreland => "eu-west-1", _ => constraint }) != call.Region)
            throw new AwsError(400, "IllegalLocationConstraintException", $"The {constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.");
        if (call.World.Buckets.GetValueOrDefault(call.Name) is { } taken)
        {
            throw taken.Account != call.Account
                ? new AwsError(409, "BucketAlreadyExists", "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.")
                : new AwsError(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.");
        }

        var bucket = BucketFounder.Blank(call.Estate, call.Name, call.Account, call.Region);
        if (string.Equals(call.Request.Header("x-amz-bucket-object-lock-enabled"), "true", StringComparison.OrdinalIgnoreCase))
        {
            bucket = bucket
                .With(Subresource.Versioning, BucketXml.Versioning("enabled", null, null))
                .With(Subresource.ObjectLock, BucketXml.ObjectLock(new ObjectLockSpec()));
        }

        call.World = call.World.Put(bucket);
        return new Answer(200, "application/xml", default).With("Location", $"/{call.Name}");
    }

    public static Answer Delete(Call call)
    {
        var bucket = FindOwn(call);
        if (!bucket.Objects.IsEmpty)
            throw new AwsError(409, "BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all versions in the bucket.");
        call.World = call.World with { Buckets = call.World.Buckets.Remove(bucket.Name) };
        return new Answer(204, "application/xml", default);
    }

    /// <summary>The bucket, if this is its region and the caller may read it. S3 looks at the region first: the signature holds for one only.</summary>
    public static Bucket Find(Call call)
    {
        var bucket = Existing(call);
        return bucket.Region == call.Region ? Readable(call, bucket) : throw Elsewhere(bucket);
    }

    public static Bucket FindOwn(Call call)
    {
        var bucket = Find(call);
        return bucket.Account == call.Account ? bucket : throw Denied(bucket, "Access Denied");
    }

    /// <summary>S3 tells a bucket's region even to those it denies everything else: so a destination's existence can be known without a grant.</summary>
    public static AwsError Denied(Bucket? bucket, string message) => new(403, "AccessDenied", message)
    {
        Headers = bucket is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add(RegionHeader, bucket.Region),
    };

    private static Bucket Existing(Call call) =>
        (call.Vanished ? null : call.World.Buckets.GetValueOrDefault(call.Name))
            ?? throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist")
            {
                Details = ImmutableDictionary<string, string>.Empty.Add("BucketName", call.Name),
            };

    private static Bucket Readable(Call call, Bucket bucket) =>
        bucket.IsReadableBy(call.Account) && (call.Request.Header("x-amz-expected-bucket-owner") ?? bucket.Account) == bucket.Account
            ? bucket
            : throw Denied(bucket, "Access Denied");

    private static AwsError Elsewhere(Bucket bucket) => new(
        301, "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.")
    {
        Headers = ImmutableDictionary<string, string>.Empty.Add(RegionHeader, bucket.Region),
        Details = ImmutableDictionary<string, string>.Empty
            .Add("Bucket", bucket.Name)
            .Add("Endpoint", $"{bucket.Name}.s3.{bucket.Region}.amazonaws.com"),
    };
}
