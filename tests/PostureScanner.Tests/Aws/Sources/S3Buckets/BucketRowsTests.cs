using System.Globalization;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.S3Buckets;

internal sealed class BucketRowsTests : AwsTest
{
    private const string Key = "0b1f0a4e-0000-4000-8000-000000000002";

    private static readonly BucketSpec Data = new("data");

    /// <summary>Every row of the fact table that is not about replication, in its order.</summary>
    public static IEnumerable<FactCase> Cases =>
    [
        Row("bucket.created", "ago(40d)", "it is forty days old", Data with { Created = Days(40) }),
        Row("bucket.age", "40d", "it is forty days old", Data with { Created = Days(40) }),
        Row("bucket.age", "0s", "AWS's clock is ahead of ours", Data with { Created = Days(-1) }),

        Row("versioning.enabled", "true", "it is on", Data with { Versioning = "enabled" }),
        Row("versioning.enabled", "false", "it is suspended", Data with { Versioning = "suspended" }),
        Row("versioning.enabled", "false", "it was never switched on", Data),
        Row("versioning.status", "Enabled", "it is on", Data with { Versioning = "enabled" }),
        Row("versioning.status", "Suspended", "it is suspended", Data with { Versioning = "suspended" }),
        Row("versioning.status", "Off", "it was never switched on", Data),
        Row("versioning.mfa-delete", "true", "deleting needs a second factor", Data with { Versioning = "enabled", MfaDelete = true }),
        Row("versioning.mfa-delete", "false", "nothing was said", Data with { Versioning = "enabled" }),
        Living("versioning.noncurrent-retention", "30d", "old versions expire", new LifecycleRuleSpec { ExpireNoncurrent = Days(30) }),
        Living("versioning.noncurrent-retention", "7d", "of two rules one is quicker", new LifecycleRuleSpec { ExpireNoncurrent = Days(30) }, new LifecycleRuleSpec { ExpireNoncurrent = Days(7) }),
        Living("versioning.noncurrent-retention", Scanned.Absent, "the rule is disabled", new LifecycleRuleSpec { ExpireNoncurrent = Days(30), Enabled = false }),
        Living("versioning.noncurrent-retention", Scanned.Absent, "rules are about other things", new LifecycleRuleSpec { AbortUploads = Days(7) }),
        Row("versioning.noncurrent-retention", Scanned.Absent, "there are no rules", Data),
        Living("versioning.newer-versions-kept", "3", "the newest old versions stay", new LifecycleRuleSpec { ExpireNoncurrent = Days(30), KeepNoncurrent = 3 }),
        Living("versioning.newer-versions-kept", "0", "one rule keeps some and another none", new LifecycleRuleSpec { Prefix = "tmp/", ExpireNoncurrent = Days(30), KeepNoncurrent = 5 }, new LifecycleRuleSpec { ExpireNoncurrent = Days(31) }),
        Living("versioning.newer-versions-kept", Scanned.Absent, "no rule is about old versions", new LifecycleRuleSpec { AbortUploads = Days(7) }),

        Row("encryption.algorithm", "AES256", "nothing was said", Data),
        Row("encryption.algorithm", "aws:kms:dsse", "two layers are asked for", Data with { Encryption = "aws:kms:dsse" }),
        Plain("encryption.algorithm"),
        Row("encryption.bucket-key", "true", "it is on", Data with { Encryption = "aws:kms", BucketKey = true }),
        Row("encryption.bucket-key", "false", "nothing was said", Data),
        Plain("encryption.bucket-key"),
        Row("encryption.key-kind", "aws-owned", "nothing was said", Data),
        Row("encryption.key-kind", "aws-managed", "KMS is asked for without a key", Data with { Encryption = "aws:kms" }),
        Keyed("encryption.key-kind", "customer-managed", "it is the customer's", new KeySpec(Key)),
        Row("encryption.key-kind", "customer-managed", "the key no longer exists", Data with { Key = $"arn:aws:kms:{Home}:{Account}:key/{Key}" }),
        Plain("encryption.key-kind"),
        Keyed("encryption.key-state", "Enabled", "the key is fine", new KeySpec(Key)),
        Keyed("encryption.key-state", "Disabled", "the key is switched off", new KeySpec(Key) { State = "Disabled" }),
        Row("encryption.key-state", "Enabled", "KMS is asked for without a key", Data with { Encryption = "aws:kms" }),
        Row("encryption.key-state", Scanned.Absent, "the key is S3's own", Data),
        Row("encryption.key-state", "gone", "the key no longer exists", Data with { Key = $"arn:aws:kms:{Home}:{Account}:key/{Key}" }),
        Keyed("encryption.key-deletion-in", "12d", "somebody tidied up", new KeySpec(Key) { DeletesIn = Days(12) }),
        Keyed("encryption.key-deletion-in", Scanned.Absent, "the key is fine", new KeySpec(Key)),
        Keyed("encryption.key-multi-region", "true", "the key may go to other regions", new KeySpec(Key) { MultiRegion = "replica" }),
        Keyed("encryption.key-multi-region", "false", "the key belongs to one region", new KeySpec(Key)),
        Row("encryption.key-multi-region", Scanned.Absent, "the key is S3's own", Data),

        Living("lifecycle.enabled", "true", "one of two rules is on", new LifecycleRuleSpec { Expire = Days(1), Enabled = false }, new LifecycleRuleSpec { Expire = Days(1) }),
        Living("lifecycle.enabled", "false", "the only rule is disabled", new LifecycleRuleSpec { Expire = Days(1), Enabled = false }),
        Row("lifecycle.enabled", "false", "there are no rules", Data),
        Living("lifecycle.expiration", "30d", "of two rules one is quicker", new LifecycleRuleSpec { Expire = Days(90) }, new LifecycleRuleSpec { Expire = Days(30) }),
        Living("lifecycle.expiration", Scanned.Absent, "the rule is disabled", new LifecycleRuleSpec { Expire = Days(30), Enabled = false }),
        Living("lifecycle.expiration", Scanned.Absent, "only leftover delete markers expire", new LifecycleRuleSpec { Expire = Days(30) }) with
        {
            Saying = body => body.Replace("<Days>30</Days>", "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>", StringComparison.Ordinal),
        },
        Row("lifecycle.expiration", Scanned.Absent, "there are no rules", Data),
        Living("lifecycle.glacier-transition", "90d", "objects move to Glacier", new LifecycleRuleSpec { TransitionAfter = Days(90) }),
        Living("lifecycle.glacier-transition", "180d", "objects move to Deep Archive", new LifecycleRuleSpec { TransitionAfter = Days(180), TransitionTo = "DEEP_ARCHIVE" }),
        Living("lifecycle.glacier-transition", Scanned.Absent, "objects move where they are read at once", new LifecycleRuleSpec { TransitionAfter = Days(90), TransitionTo = "GLACIER_IR" }),
        Row("lifecycle.glacier-transition", Scanned.Absent, "there are no rules", Data),

        Locked("object-lock.mode", "COMPLIANCE", "nobody can unlock", new ObjectLockSpec { Mode = "COMPLIANCE", Days = 1 }),
        Locked("object-lock.mode", Scanned.Absent, "locking is possible but not the default", new ObjectLockSpec()),
        Row("object-lock.mode", Scanned.Absent, "locking was never switched on", Data),
        Locked("object-lock.retention", "14d", "days are given", new ObjectLockSpec { Mode = "GOVERNANCE", Days = 14 }),
        Locked("object-lock.retention", "730d", "years are given", new ObjectLockSpec { Mode = "GOVERNANCE", Years = 2 }),
        Locked("object-lock.retention", Scanned.Absent, "locking is possible but not the default", new ObjectLockSpec()),

        Row("public-access.bucket-blocked", "true", "nothing was said since April 2023", Data),
        Row("public-access.bucket-blocked", "false", "one of the four is off", Data with { PublicAccessBlock = [.. BucketSpec.AllPublicAccess.Skip(1)] }),
        Row("public-access.bucket-blocked", "false", "nothing was ever configured", Data with { PublicAccessBlock = [] }),

        Row("tags.owner", "team-a", "it is tagged", Data with { Tags = Tags(("owner", "team-a")) }),
        Row("tags.owner", Scanned.Absent, "it has other tags", Data with { Tags = Tags(("Owner", "team-a")) }),
        Row("tags.owner", Scanned.Absent, "it has no tags", Data),
    ];

    [TestCaseSource(nameof(Cases))]
    public async Task A_bucket_says_that(FactCase fact) =>
        Assert.That(await fact.ReadAsync(Sandbox, Reader, Data.Name), Is.EqualTo(fact.ExpectedAt(Clock.Now)));

    [Test]
    public async Task Of_a_tag_that_stands_twice_the_last_counts()
    {
        Estate.AddBucket(Data with { Tags = Tags(("a", "first"), ("owner", "last")) });
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Answer.Replace("<Key>a</Key>", "<Key>owner</Key>", StringComparison.Ordinal));
        Assert.That((await (Reader with { Endpoint = proxy.Url }).ReadAsync("tags.owner"))["data", "tags.owner"], Is.EqualTo("last"));
    }

    [TestCase(3, ExpectedResult = "3d")]
    [TestCase(-3, ExpectedResult = "0s")]
    public async Task<string> A_rule_with_a_date_waits_for_it_and_then_acts_at_once(int days)
    {
        Estate.AddBucket(Data with { Lifecycle = [new LifecycleRuleSpec { Expire = Days(30) }] });
        var date = $"<Date>{(Clock.Now + Days(days)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</Date>";
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Answer.Replace("<Days>30</Days>", date, StringComparison.Ordinal));
        return (await (Reader with { Endpoint = proxy.Url }).ReadAsync("lifecycle.expiration"))["data", "lifecycle.expiration"];
    }

    [Test]
    public async Task Tags_that_no_policy_names_are_seen_all_the_same()
    {
        Estate.AddBucket(Data with { Tags = Tags(("Owner", "team-a")) });
        Assert.That((await Reader.ReadAsync("tags.owner")).SheetOf("data").Members, Is.EqualTo(["tags.Owner"]));
    }

    [Test]
    public async Task A_bucket_with_dots_in_its_name_is_read_like_any_other()
    {
        Estate.AddBucket(new BucketSpec("www.example.com") { Versioning = "enabled" });
        Assert.That((await Reader.ReadAsync("versioning.enabled"))["www.example.com", "versioning.enabled"], Is.EqualTo("true"));
    }

    private static FactCase Row(string fact, string expected, string when, BucketSpec bucket) => new(fact, expected, when, e => e.AddBucket(bucket));

    private static FactCase Keyed(string fact, string expected, string when, KeySpec key) => new(fact, expected, when, e => e.AddKey(key).AddBucket(Data with { Key = key.Id }));

    private static FactCase Living(string fact, string expected, string when, params LifecycleRuleSpec[] rules) => Row(fact, expected, when, Data with { Lifecycle = rules });

    private static FactCase Locked(string fact, string expected, string when, ObjectLockSpec objectLock) => Row(fact, expected, when, Data with { Versioning = "enabled", ObjectLock = objectLock });

    // Only emulators still say that there is no default encryption.
    private static FactCase Plain(string fact) => Row(fact, Scanned.Absent, "an emulator knows no default encryption", Data) with
    {
        But = faults => faults.Fail("s3:GetBucketEncryption", 404, "ServerSideEncryptionConfigurationNotFoundError"),
    };
}
