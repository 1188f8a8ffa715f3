namespace PostureScanner.Tests.Template;

/// <summary>What is kept is kept well: the scanner would be ashamed of its own buckets otherwise.</summary>
internal sealed class StorageTests
{
    private static readonly string[] Buckets = [.. SamTemplate.Scanner.OfType("AWS::S3::Bucket")];

    private static readonly (string Store, string Policy)[] Stores =
        [("EvidenceBucket", "EvidenceBucketPolicy"), ("StateBucket", "StateBucketPolicy"), ("DeadLetters", "DeadLettersPolicy"), ("Topic", "TopicPolicy")];

    private static SamTemplate Template => SamTemplate.Scanner;

    [TestCaseSource(nameof(Stores))]
    public void Plain_HTTP_is_refused_whoever_speaks_it((string Store, string Policy) of)
    {
        var refusal = Statement.Of(Template).Single(s => s.Owner == of.Policy && s.On("aws:SecureTransport") is not null);

        Assert.That(refusal.Allows, Is.False);
        Assert.That((string?)refusal.Principal, Is.EqualTo("*"));
        Assert.That(refusal.On("aws:SecureTransport"), Is.EqualTo("Bool false"));
        Assert.That(refusal.Resources, Is.All.Matches<System.Text.Json.Nodes.JsonNode>(r => SamTemplate.References(r).Contains(of.Store)));
    }

    [TestCaseSource(nameof(Buckets))]
    public void All_of_a_bucket_is_meant(string bucket) =>
        Assert.That(
            Statement.Of(Template).Single(s => s.IsAbout(bucket) && s.On("aws:SecureTransport") is not null),
            Has.Property("Actions").EqualTo(new[] { "s3:*" }).And.Property("Resources").Length.EqualTo(2));

    [TestCaseSource(nameof(Buckets))]
    public void A_bucket_is_versioned_encrypted_and_closed_and_outlives_the_stack(string bucket)
    {
        var properties = Template.Properties(bucket);

        Assert.That((string?)properties["VersioningConfiguration"]!["Status"], Is.EqualTo("Enabled"));
        Assert.That(properties["BucketEncryption"], Is.Not.Null);
        Assert.That(properties["PublicAccessBlockConfiguration"]!.AsObject().Select(p => (string?)p.Value), Is.EqualTo(Enumerable.Repeat("true", 4)));
        Assert.That(properties["LifecycleConfiguration"]!.ToJsonString(), Does.Contain("AbortIncompleteMultipartUpload"));
    }

    [TestCase("EvidenceBucket")]
    [TestCase("StateBucket")]
    [TestCase("SigningKey")]
    [TestCase("ScannerLog")]
    public void What_cannot_be_made_again_outlives_the_stack(string logicalId) =>
        Assert.That(
            new[] { (string?)Template.Resources[logicalId]!["DeletionPolicy"], (string?)Template.Resources[logicalId]!["UpdateReplacePolicy"] },
            Is.EqualTo(new[] { "Retain", "Retain" }));

    [Test]
    public void The_evidence_bucket_can_lock_and_has_no_retention_of_its_own()
    {
        Assert.That(Template.Properties("EvidenceBucket")["ObjectLockEnabled"]!.ToJsonString(), Does.Contain("HasObjectLock"));
        Assert.That(Buckets.Where(b => Template.Properties(b)["ObjectLockConfiguration"] is not null), Is.Empty);
    }

    [Test]
    public void The_state_is_never_locked() => Assert.That(Template.Properties("StateBucket")["ObjectLockEnabled"], Is.Null);

    [Test]
    public void Evidence_is_created_and_never_overwritten()
    {
        var rule = Statement.Of(Template).Single(s => s.Owner == "EvidenceBucketPolicy" && s.Actions is ["s3:PutObject"]);

        Assert.That(rule.Allows, Is.False);
        Assert.That(rule.On("s3:if-none-match"), Is.EqualTo("Null true"));
    }

    [Test]
    public void Dead_letters_are_encrypted() => Assert.That((string?)Template.Properties("DeadLetters")["SqsManagedSseEnabled"], Is.EqualTo("true"));
}
