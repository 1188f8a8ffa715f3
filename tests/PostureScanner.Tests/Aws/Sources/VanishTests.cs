using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>Deleted between being listed and being read: AWS did not say "not configured", so nothing is Absent.</summary>
internal sealed class VanishTests : AwsTest
{
    private static readonly Dictionary<string, string> Codes = new(StringComparer.Ordinal)
    {
        ["dynamodb:DescribeTable"] = "ResourceNotFoundException",
        ["dynamodb:ListTagsOfResource"] = "ResourceNotFoundException",
        ["dynamodb:DescribeContinuousBackups"] = "TableNotFoundException",
    };

    private static IEnumerable<string> TableFacts => Facts(Table);

    // What the listing said is known, and a listed bucket's place is; of everything else nothing is.
    private static IEnumerable<string> BucketFacts => Facts(Bucket).Where(f => !f.StartsWith("bucket.", StringComparison.Ordinal));

    [TestCaseSource(nameof(TableFacts))]
    public async Task Of_a_vanished_table_nothing_is_known_and_nothing_absent(string fact)
    {
        Estate.AddRichTable("gone");
        Faults.Vanish("gone");
        var reading = (await (Reader with { Kind = Table }).ReadAsync(fact)).Reading("gone", fact);
        Assert.That((reading.State, reading.NotRead?.Code), Is.EqualTo((ReadingState.Unknown, Codes[reading.NotRead!.Operation])));
    }

    [TestCaseSource(nameof(BucketFacts))]
    public async Task Of_a_vanished_bucket_nothing_is_known_and_nothing_absent(string fact)
    {
        Estate.AddRichBucket("gone");
        Faults.Vanish("gone");
        var reading = (await (Reader with { Kind = Bucket }).ReadAsync(fact)).Reading("gone", fact);
        Assert.That((reading.State, reading.NotRead?.Code), Is.EqualTo((ReadingState.Unknown, "NoSuchBucket")));
    }

    /// <summary>The SDK answers these calls with an empty response where S3 says 404, whatever its code.</summary>
    [TestCase("encryption.algorithm")]
    [TestCase("replication.enabled")]
    [TestCase("lifecycle.expiration")]
    [TestCase("object-lock.mode")]
    [TestCase("public-access.bucket-blocked")]
    [TestCase("tags.owner")]
    [TestCase("versioning.enabled")]
    public async Task A_404_that_no_table_of_ours_knows_is_not_taken_for_not_configured(string fact)
    {
        Estate.AddBucket(new BucketSpec("data"));
        Faults.Fail("s3:Get*", 404, "SomethingElse", name: "data");
        Assert.That((await Reader.ReadAsync(fact))["data", fact], Does.StartWith("unknown: s3:Get").And.EndsWith(" SomethingElse"));
    }

    [Test]
    public async Task A_vanished_key_was_a_customers()
    {
        Estate.AddRichTable("orders");
        Faults.Vanish(RichEstate.KeyOf("orders"));
        var scanned = await Reader.ReadAsync("encryption.key-kind", "encryption.key-state");
        Assert.That((scanned["orders", "encryption.key-kind"], scanned["orders", "encryption.key-state"]), Is.EqualTo(("customer-managed", "gone")));
    }

    [Test]
    public async Task A_vanished_destination_does_not_exist()
    {
        Estate.AddRichBucket("data");
        Faults.Vanish(RichEstate.CopyOf("data"));
        var scanned = await Reader.ReadAsync("replication.destination-exists", "replication.destination-versioned", "replication.cross-region");
        Assert.That(scanned.Of("data").Values, Is.All.EqualTo("false"));
    }

    private static IEnumerable<string> Facts(string kind) => Reader.All(AwsComposition.Vocabulary.Find(kind)!).Select(f => f.Name);
}
