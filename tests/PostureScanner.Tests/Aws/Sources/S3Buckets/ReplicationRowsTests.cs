using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.S3Buckets;

/// <summary>What a bucket's rules mean. The bucket stands at home; the places its rules lead to are named after what they are.</summary>
internal sealed class ReplicationRowsTests : AwsTest
{
    private const string Forbidden = "unknown: s3:HeadBucket Forbidden";

    private static readonly ReplicationRuleSpec Near = new("near");
    private static readonly ReplicationRuleSpec Far = new("far");
    private static readonly ReplicationRuleSpec Theirs = new("theirs");
    private static readonly ReplicationRuleSpec Shared = new("theirs-but-readable");
    private static readonly ReplicationRuleSpec Unversioned = new("far-unversioned");
    private static readonly ReplicationRuleSpec Nowhere = new("nowhere");
    private static readonly ReplicationRuleSpec Hidden = new("hidden");

    public static IEnumerable<FactCase> Cases =>
    [
        Rules("replication.enabled", "true", "one of two rules is on", Far, Near with { Enabled = false }),
        Rules("replication.enabled", "false", "the only rule is disabled", Far with { Enabled = false }),
        Rules("replication.enabled", "false", "there are no rules"),

        Rules("replication.time-control", "true", "copies are promised", Far with { TimeControl = true }),
        Rules("replication.time-control", "false", "one of two rules promises nothing", Far with { TimeControl = true }, Near),
        Rules("replication.time-control", "true", "the rule that promises nothing is disabled", Far with { TimeControl = true }, Near with { Enabled = false }),
        Rules("replication.time-control", "true", "the rule that promises nothing is overridden", Far with { TimeControl = true, Priority = 2 }, Far with { Prefix = "logs/", Priority = 1 }),
        Rules("replication.time-control", "false", "the rule that promises nothing leads elsewhere", Far with { TimeControl = true, Priority = 2 }, Near with { Prefix = "logs/", Priority = 1 }),
        Rules("replication.time-control", "false", "the rule that promises nothing has priority", Far with { TimeControl = true, Priority = 1 }, Far with { Prefix = "logs/", Priority = 2 }),
        Rules("replication.time-control", "false", "the rule with priority is only for some tags", Far with { TimeControl = true, Tags = Tag, Priority = 2 }, Far with { Prefix = "logs/", Priority = 1 }),
        Rules("replication.time-control", "false", "the rule with priority is for another prefix", Far with { TimeControl = true, Prefix = "data/", Priority = 2 }, Far with { Prefix = "logs/", Priority = 1 }),
        Rules("replication.time-control", Scanned.Absent, "there are no rules"),

        Rules("replication.delete-markers", "false", "nothing was said", Far),
        Rules("replication.delete-markers", "true", "the rule says so", Far with { DeleteMarkers = true }),
        Rules("replication.delete-markers", "true", "the rule is of the first version", Far with { Version = 1 }),
        Rules("replication.delete-markers", "false", "one of two rules does not", Far with { DeleteMarkers = true }, Near),
        Rules("replication.delete-markers", Scanned.Absent, "no rule is on", Far with { Enabled = false }),

        Rules("replication.kms-objects", "true", "the rule says so", Far with { KmsObjects = true }),
        Rules("replication.kms-objects", "false", "the rule says not", Far with { KmsObjects = false }),
        Rules("replication.kms-objects", "false", "nothing was said", Far),
        Rules("replication.kms-objects", Scanned.Absent, "there are no rules"),

        Rules("replication.whole-bucket", "true", "there is no filter", Far),
        Rules("replication.whole-bucket", "true", "a rule of the first version has an empty prefix", Far with { Version = 1 }),
        Rules("replication.whole-bucket", "false", "there is a prefix", Far with { Prefix = "logs/" }),
        Rules("replication.whole-bucket", "false", "a rule of the first version has a prefix", Far with { Version = 1, Prefix = "logs/" }),
        Rules("replication.whole-bucket", "false", "there is a tag", Far with { Tags = Tag }),
        Rules("replication.whole-bucket", "false", "there are a prefix and a tag", Far with { Prefix = "logs/", Tags = Tag }),
        Rules("replication.whole-bucket", "false", "there are an empty prefix and a tag", Far with { Prefix = "", Tags = Tag }),
        Rules("replication.whole-bucket", "false", "two rules cover a prefix each", Far with { Prefix = "a" }, Far with { Prefix = "b" }),
        Rules("replication.whole-bucket", "true", "one of two rules to the same place has no filter", Far with { Prefix = "a" }, Far),
        Rules("replication.whole-bucket", "true", "the only copy stands next door", Near),
        Rules("replication.whole-bucket", "false", "the whole copy stands next door and a prefix far away", Near, Far with { Prefix = "logs/" }),
        Rules("replication.whole-bucket", "true", "the whole copy stands far away and a prefix next door", Far, Near with { Prefix = "logs/" }),
        Rules("replication.whole-bucket", "true", "the whole copy stands far away and a prefix out of sight", Far, Hidden with { Prefix = "logs/" }),
        Rules("replication.whole-bucket", Forbidden, "the whole copy stands next door and a prefix out of sight", Near, Hidden with { Prefix = "logs/" }),
        Rules("replication.whole-bucket", "false", "the whole copy stands next door, one prefix far away and one out of sight", Near, Far with { Prefix = "a" }, Hidden with { Prefix = "b" }),
        Rules("replication.whole-bucket", Forbidden, "the whole copy stands out of sight and a prefix far away", Hidden, Far with { Prefix = "logs/" }),
        Rules("replication.whole-bucket", "true", "all of it goes out of sight", Hidden),
        Rules("replication.whole-bucket", "false", "a prefix of it goes out of sight", Hidden with { Prefix = "logs/" }),
        Rules("replication.whole-bucket", Scanned.Absent, "there are no rules"),

        Rules("replication.cross-region", "true", "the copy stands far away", Far),
        Rules("replication.cross-region", "false", "the copy stands next door", Near),
        Rules("replication.cross-region", "true", "one of two copies stands far away", Near, Far),
        Rules("replication.cross-region", "true", "the copy stands far away in another account", Theirs),
        Rules("replication.cross-region", "false", "the destination does not exist", Nowhere),
        Rules("replication.cross-region", Forbidden, "the destination is out of sight", Hidden),
        Rules("replication.cross-region", Forbidden, "one copy stands next door and one out of sight", Near, Hidden),
        Rules("replication.cross-region", "true", "one copy stands far away and one out of sight", Hidden, Far),
        Rules("replication.cross-region", Scanned.Absent, "there are no rules"),

        Rules("replication.cross-account", "false", "the copy is the account's own", Far),
        Rules("replication.cross-account", "true", "the copy is another account's", Theirs),
        Rules("replication.cross-account", "true", "one of two copies is another account's", Far, Theirs),
        Rules("replication.cross-account", "true", "the rule names another account, whatever cannot be seen", Hidden with { Account = OtherAccount }),
        Rules("replication.cross-account", "false", "the rule names the own account", Far with { Account = Account }),
        Rules("replication.cross-account", "false", "the destination does not exist", Nowhere),
        Rules("replication.cross-account", Forbidden, "the destination is out of sight", Hidden),
        Rules("replication.cross-account", Scanned.Absent, "there are no rules"),

        Rules("replication.regions", $"[{Away}]", "the copy stands far away", Far),
        Rules("replication.regions", $"[{Away}, {Home}]", "two copies stand in two regions", Near, Far),
        Rules("replication.regions", $"[{Away}]", "two copies stand in one region", Far, Theirs),
        Rules("replication.regions", $"[{Away}]", "one of two destinations does not exist", Far, Nowhere),
        Rules("replication.regions", Forbidden, "one of two destinations is out of sight", Far, Hidden),
        Rules("replication.regions", Scanned.Absent, "there are no rules"),

        Rules("replication.destination-exists", "true", "it is listed", Far),
        Rules("replication.destination-exists", "true", "a refusal names its region", Theirs),
        Rules("replication.destination-exists", "false", "there is none of that name", Nowhere),
        Rules("replication.destination-exists", "false", "one exists and one does not", Far, Nowhere),
        Rules("replication.destination-exists", Forbidden, "a refusal names no region", Hidden),
        Rules("replication.destination-exists", Forbidden, "one exists and one is out of sight", Far, Hidden),
        Rules("replication.destination-exists", "false", "one does not exist and one is out of sight", Hidden, Nowhere),
        Rules("replication.destination-exists", Scanned.Absent, "there are no rules"),

        Rules("replication.destination-versioned", "true", "it is on", Far),
        Rules("replication.destination-versioned", "false", "it is off", Unversioned),
        Rules("replication.destination-versioned", "false", "it is on in one of two", Far, Unversioned),
        Rules("replication.destination-versioned", "unknown: s3:GetBucketVersioning AccessDenied", "another account does not tell", Theirs),
        Rules("replication.destination-versioned", "true", "another account tells", Shared),
        Rules("replication.destination-versioned", "false", "one is off and one is another account's", Theirs, Unversioned),
        Rules("replication.destination-versioned", "false", "there is none of that name", Nowhere),
        Rules("replication.destination-versioned", Forbidden, "the destination is out of sight", Hidden),
        Rules("replication.destination-versioned", Scanned.Absent, "there are no rules"),

        Rules("replication.is-replica", Scanned.Absent, "nobody copies into it", Far),
    ];

    private static Dictionary<string, string> Tag => new(StringComparer.Ordinal) { ["keep"] = "yes" };

    [TestCaseSource(nameof(Cases))]
    public async Task A_bucket_says_that(FactCase fact) => Assert.That(await fact.ReadAsync(Sandbox, Reader, "data"), Is.EqualTo(fact.Expected));

    private static FactCase Rules(string fact, string expected, string when, params ReplicationRuleSpec[] rules) =>
        new(fact, expected, when, estate => estate
            .AddBucket(new BucketSpec("near") { Versioning = "enabled" })
            .AddBucket(new BucketSpec("far") { Region = Away, Versioning = "enabled" })
            .AddBucket(new BucketSpec("far-unversioned") { Region = Away })
            .AddBucket(new BucketSpec("theirs") { Account = OtherAccount, Region = Away, Versioning = "enabled" })
            .AddBucket(new BucketSpec("theirs-but-readable") { Account = OtherAccount, Region = Away, Versioning = "enabled", ReadableBy = [Account] })
            .AddBucket(new BucketSpec("data") { Versioning = "enabled", Replication = rules }))
        {
            // AWS names the region in a refusal, too; where something between takes the header away, nothing is known.
            But = faults => faults.Fail("s3:HeadBucket", 403, "AccessDenied", name: "hidden"),
        };
}
