using System.Collections.Immutable;
using Amazon.CloudFormation.Model;
using Amazon.DynamoDBv2.Model;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Amazon.S3.Model;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Doctor;

/// <summary>One cheap call that shows whether an operation is allowed. It asks about things that do not exist where it can: "not found" is an answer, too.</summary>
/// <param name="AskAsync">Given a region of an account, and where it is needed a bucket there.</param>
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
        OfBucket("s3:HeadBucket", async (p, t) => await BucketHead.AskAsync(p.Account.S3(p.Region), p.Bucket!, t)),
        OfBucket("s3:GetBucketVersioning", (p, t) => p.Account.S3(p.Region).GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketEncryption", (p, t) => p.Account.S3(p.Region).GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketReplication", (p, t) => p.Account.S3(p.Region).GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketLifecycleConfiguration", (p, t) => p.Account.S3(p.Region).GetLifecycleConfigurationAsync(new GetLifecycleConfigurationRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetObjectLockConfiguration", (p, t) => p.Account.S3(p.Region).GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetPublicAccessBlock", (p, t) => p.Account.S3(p.Region).GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = p.Bucket }, t)),
        OfBucket("s3:GetBucketTagging", (p, t) => p.Account.S3(p.Region).GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = p.Bucket }, t)),
    ];

    private static PermissionProbe OfBucket<T>(string operation, Func<Patient, CancellationToken, Task<T>> send)
        where T : AmazonWebServiceResponse => Of(operation, send) with { NeedsBucket = true };

    private static PermissionProbe Of<T>(string operation, Func<Patient, CancellationToken, Task<T>> send)
        where T : AmazonWebServiceResponse => new(operation, patient => patient.AskAsync(operation, async token => (AmazonWebServiceResponse)await send(patient, token)));
}

/// <summary>A region of an account that is examined.</summary>
/// <param name="Bucket">Some bucket there; null where none is asked about.</param>
internal sealed record Patient(AwsAccount Account, string Region, string? Bucket, ApiCaller Caller, CancellationToken StopAsking)
{
    public Task<Reading<T>> AskAsync<T>(string operation, Func<CancellationToken, Task<T>> send)
        where T : AmazonWebServiceResponse => Caller.AskAsync(new Api(operation, Account.Id, Region), send, absentCodes: [], isWhole: null, StopAsking);
}
