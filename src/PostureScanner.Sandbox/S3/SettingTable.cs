using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

internal static class SettingTable
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        new(Subresource.Versioning, "VersioningConfiguration", Missing.Document(() => Xml.Of("VersioningConfiguration")))
        {
            Get = "GetBucketVersioning",
            Put = "PutBucketVersioning",
            Refuse = (bucket, wanted) => wanted.Child("Status")?.Value switch
            {
                "Enabled" => null,
                "Suspended" when bucket.Settings.ContainsKey(Subresource.ObjectLock) =>
                    new AwsError(409, "InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."),
                "Suspended" when bucket.Settings.ContainsKey(Subresource.Replication) =>
                    new AwsError(409, "InvalidBucketState", "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration."),
                "Suspended" => null,
                _ => Xml.Malformed(),
            },
        },
        new(Subresource.Encryption, "ServerSideEncryptionConfiguration", Missing.Document(() => BucketXml.Encryption(null, null, false)))
        {
            Get = "GetBucketEncryption",
            Put = "PutBucketEncryption",
            Delete = "DeleteBucketEncryption",
        },
        new(Subresource.Replication, "ReplicationConfiguration", Missing.Error("ReplicationConfigurationNotFoundError", "The replication configuration was not found"))
        {
            Get = "GetBucketReplication",
            Put = "PutBucketReplication",
            Delete = "DeleteBucketReplication",
            Refuse = (bucket, _) => Versioned(bucket) ? null : new AwsError(400, "InvalidRequest", "Versioning must be 'Enabled' on the bucket to apply a replication configuration"),
        },
        new(Subresource.Lifecycle, "LifecycleConfiguration", Missing.Error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"))
        {
            Get = "GetBucketLifecycleConfiguration",
            Put = "PutBucketLifecycleConfiguration",
            Delete = "DeleteBucketLifecycle",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-amz-transition-default-minimum-object-size"] = "all_storage_classes_128K" },
        },
        new(Subresource.ObjectLock, "ObjectLockConfiguration", Missing.Error("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"))
        {
            Get = "GetObjectLockConfiguration",
            Put = "PutObjectLockConfiguration",
            Refuse = (bucket, _) => Versioned(bucket) ? null : new AwsError(409, "InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"),
        },
        new(Subresource.PublicAccessBlock, "PublicAccessBlockConfiguration", Missing.Error("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"))
        {
            Get = "GetPublicAccessBlock",
            Put = "PutPublicAccessBlock",
            Delete = "DeletePublicAccessBlock",
        },
        new(Subresource.Tagging, "Tagging", Missing.Error("NoSuchTagSet", "The TagSet does not exist"))
        {
            Get = "GetBucketTagging",
            Put = "PutBucketTagging",
            Delete = "DeleteBucketTagging",
            Refuse = (bucket, wanted) => BucketXml.WithTags(bucket, wanted).Tags.Any(tag => BucketXml.IsSystemTag(tag.Key) && bucket.Tags.GetValueOrDefault(tag.Key) != tag.Value)
                ? new AwsError(400, "InvalidTag", "System tags cannot be added/updated by requester")
                : null,
            Read = (bucket, _) => BucketXml.Tagging(bucket),
            Write = (bucket, _, document) => BucketXml.WithTags(bucket, document),
        },
        new("ownershipControls", "OwnershipControls", Missing.Document(() => Xml.Of("OwnershipControls", Xml.Of("Rule", Xml.Of("ObjectOwnership", "BucketOwnerEnforced")))))
        {
            Get = "GetBucketOwnershipControls",
            Put = "PutBucketOwnershipControls",
        },
        new("acl", "AccessControlPolicy", new(bucket => AccessControl.Of(bucket))) { Get = "GetBucketAcl" },
        new("logging", "BucketLoggingStatus", Missing.Document(() => Xml.Of("BucketLoggingStatus"))) { Get = "GetBucketLogging", Put = "PutBucketLogging" },
        new("cors", "CORSConfiguration", Missing.Error("NoSuchCORSConfiguration", "The CORS configuration does not exist"))
        {
            Get = "GetBucketCors",
            Put = "PutBucketCors",
            Delete = "DeleteBucketCors",
        },
        new("website", "WebsiteConfiguration", Missing.Error("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration")) { Get = "GetBucketWebsite" },
        new("policy", "Policy", Missing.Error("NoSuchBucketPolicy", "The bucket policy does not exist")) { Get = "GetBucketPolicy" },
        new("policyStatus", "PolicyStatus", Missing.Error("NoSuchBucketPolicy", "The bucket policy does not exist")) { Get = "GetBucketPolicyStatus" },
        new("accelerate", "AccelerateConfiguration", Missing.Document(() => Xml.Of("AccelerateConfiguration"))) { Get = "GetBucketAccelerateConfiguration" },
        new("requestPayment", "RequestPaymentConfiguration", Missing.Document(() => Xml.Of("RequestPaymentConfiguration", Xml.Of("Payer", "BucketOwner")))) { Get = "GetBucketRequestPayment" },
        new("notification", "NotificationConfiguration", Missing.Document(() => Xml.Of("NotificationConfiguration"))) { Get = "GetBucketNotificationConfiguration" },
    ];

    private static bool Versioned(Bucket bucket) => bucket.Settings.GetValueOrDefault(Subresource.Versioning).Child("Status")?.Value == "Enabled";
}
