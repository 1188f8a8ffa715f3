using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Sources.S3Buckets;

/// <summary>One bucket, and what is needed to ask about it.</summary>
/// <param name="Created">As the listing said; AWS moves it when a bucket's policy is edited.</param>
internal sealed record BucketSubject(Resource Resource, Reading<DateTimeCell> Created, AwsAccount Account, ApiCaller Caller, KeyBook Keys, StackBook Stacks, BucketBook Book) : ISubject
{
    public string Region => Resource.Target.Region;

    public Api Api(string operation) => new(operation, Account.Id, Region);
}

/// <summary>A moment as a class, so that a reading of it can be Absent.</summary>
internal sealed record DateTimeCell(DateTimeOffset At);
