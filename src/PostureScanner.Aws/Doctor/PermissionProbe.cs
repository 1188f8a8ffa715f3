using System.Collections.Immutable;
using Amazon.CloudFormation.Model;
using Amazon.DynamoDBv2.Model;
using Amazon.EC2.Model;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Doctor;

/// <summary>One cheap call that shows whether an operation is allowed. It asks about things that do not exist where it can: "not found" is an answer, too.</summary>
/// <param name="AskAsync">Given the account, a region, and a bucket of the account.</param>
/// <param name="NeedsBucket">S3 tells nobody anything about a bucket that does not exist.</param>
internal sealed record PermissionProbe(string Operation, Func<Patient, Task<Reading<AmazonWebServiceResponse>>> AskAsync, bool NeedsBucket = false)
{
    private const string Nothing = "posture-doctor-asks-about-nothing";
    private const string NoKey = "00000000-0000-0000-0000-000000000000";

    public static readonly ImmutableArray<PermissionProbe> All =
    [
        Of("dynamodb:ListTables", (p, t) => p.Account.DynamoDb(p.Region).ListTablesAsync(new ListTablesRequest { Limit = 1 }, t)),
        Of("dynamodb:DescribeTable", (p, t) => p.Account.DynamoDb(p.Region).DescribeTableAsync(new DescribeTableRequest { TableName = Nothing }, t)),
        Of("dynamodb:DescribeContinuousBackups", (p, t) => p.Account.DynamoDb(p.Region).DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = Nothing }, t)),
        Of("dynamodb:ListTagsOfResource", (p, t) => p.Account.DynamoDb(p.Region).ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = $"arn:{AwsAccount.Partition(p.Region)}:dynamodb:{p.Region}:{p.Account.Id}:table/{Nothing}" }, t)),
        Of("kms:DescribeKey", (p, t) => p.Account.Kms(p.Region).DescribeKeyAsync(new DescribeKeyRequest { KeyId = NoKey }, t)),
        Of("kms:ListResourceTags", (p, t) => p.Account.Kms(p.Region).ListResourceTagsAsync(new ListResourceTagsRequest { KeyId = NoKey }, t)),
        Of("cloudformation:DescribeStacks", (p, t) => p.Account.CloudFormation(p.Region).DescribeStacksAsync(new DescribeStacksRequest { StackName = Nothing }, t)),
        Of("cloudformation:GetTemplate", (p, t) => p.Account.CloudFormation(p.Region).GetTemplateAsync(new GetTemplateRequest { StackName = Nothing }, t)),
        Of("ec2:DescribeRegions", (p, t) => p.Account.Ec2(p.Region).DescribeRegionsAsync(new DescribeRegionsRequest(), t)),
        Of("s3:ListBuckets", (p, t) => p.Account.S3(p.Region).ListBucketsAsync(new ListBucketsRequest { MaxBuckets = 1 }, t)),
        OfBucket("s3:HeadBucket", async (p, t) => await BucketHead.AskAsync(p.Account.S3(p.Region), p.Bucket!, t)),
        OfBucket("s3:GetBucketVersioning", (p, t) => p.Account.S3(p.BucketRegion!).GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketEncryption", (p, t) => p.Account.S3(p.BucketRegion!).GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketReplication", (p, t) => p.Account.S3(p.BucketRegion!).GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketLifecycleConfiguration", (p, t) => p.Account.S3(p.BucketRegion!).GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetObjectLockConfiguration", (p, t) => p.Account.S3(p.BucketRegion!).GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetPublicAccessBlock", (p, t) => p.Account.S3(p.BucketRegion!).GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketTagging", (p, t) => p.Account.S3(p.BucketRegion!).GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = p.Bucket }, t)),
    ];

    private static PermissionProbe OfBucket<T>(string operation, Func<Patient, CancellationToken, Task<T>> send)
        where T : AmazonWebServiceResponse => Of(operation, send) with { NeedsBucket = true };

    private static PermissionProbe Of<T>(string operation, Func<Patient, CancellationToken, Task<T>> send)
        where T : AmazonWebServiceResponse => new(operation, async patient =>
        {
            var answer = await patient.Caller.AskAsync(new Api(operation, patient.Account.Id, patient.Region), async token => (AmazonWebServiceResponse)await send(patient, token), absentCodes: [], isWhole: null, patient.StopAsking);
            return answer;
        });
}

/// <summary>An account that is examined.</summary>
/// <param name="Bucket">Some bucket of it; null where it has none, or nobody may know.</param>
internal sealed record Patient(AwsAccount Account, string Region, string? Bucket, string? BucketRegion, ApiCaller Caller, CancellationToken StopAsking);
