using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Tests.Aws.Sources.DynamoDbTables;
using PostureScanner.Tests.Aws.Sources.S3Buckets;
using PostureScanner.Tests.Aws.Sources.Stacks;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>What must hold for every row of every fact table.</summary>
internal sealed class FactTablesTests
{
    /// <summary>Asks nothing of the bucket's owner: even a refusal names the region.</summary>
    private const string NeedsNoPermission = "s3:HeadBucket";

    /// <summary>No estate states a table's id, and what makes a replica are other buckets: tests of their own read these.</summary>
    private static readonly HashSet<string> ValueIsReadElsewhere = new(StringComparer.Ordinal) { "table.id", "replication.is-replica" };

    private static readonly Dictionary<string, FactCase[]> Cases = new(StringComparer.Ordinal)
    {
        [AwsTest.Table] = [.. TableRowsTests.Cases, .. StackRowsTests.Cases(AwsTest.Table)],
        [AwsTest.Bucket] = [.. BucketRowsTests.Cases, .. ReplicationRowsTests.Cases, .. StackRowsTests.Cases(AwsTest.Bucket)],
    };

    private static IEnumerable<TestCaseData> Rows =>
        AwsComposition.Vocabulary.Tables.SelectMany(table => table.Facts.Select(fact => new TestCaseData(table, fact).SetArgDisplayNames(table.Kind, fact.Name)));

    [TestCaseSource(nameof(Rows))]
    public void A_row_has_a_name_and_a_meaning(FactTable table, Fact fact) => Assert.Multiple(() =>
    {
        Assert.That(fact.Name, Does.Match(@"^[a-z]+(-[a-z]+)*\.([a-z]+(-[a-z]+)*|\*)$"));
        Assert.That(fact.Meaning, Does.Match(@"^[A-Z][^\n]{10,160}\.$"));
        Assert.That(fact.WhenAbsent ?? "so", Does.Match(@"^[^\n]*[^.]$"), $"{table.Kind}: what follows 'absent:' is part of a sentence");
    });

    [TestCaseSource(nameof(Rows))]
    public void A_row_has_a_call_with_the_permission_beside_it(FactTable table, Fact fact)
    {
        Assert.That(fact.Calls, Is.Not.Empty);
        foreach (var call in fact.Calls.Concat(table.Listing))
        {
            Assert.That(call.Operation, Does.Match("^[a-z0-9]+:[A-Z][A-Za-z]+$"));
            Assert.That(call.Permission, call.Operation == NeedsNoPermission ? Is.Null : Does.Match("^[a-z0-9]+:[A-Z][A-Za-z]+$"));
        }
    }

    [TestCaseSource(nameof(Rows))]
    public void A_row_is_read_by_a_test_and_is_absent_in_one_where_it_can_be(FactTable table, Fact fact)
    {
        var cases = Cases[table.Kind].Where(c => c.Fact == fact.Name || (fact.IsFamily && c.Fact.StartsWith(fact.Prefix, StringComparison.Ordinal))).ToList();
        Assert.That(cases.Exists(c => c.Expected != Scanned.Absent) || ValueIsReadElsewhere.Contains(fact.Name), "a case where it has a value");
        Assert.That(cases.Exists(c => c.Expected == Scanned.Absent) || fact.WhenAbsent is null, "a case where it is absent");
    }

    [Test]
    public void Every_test_of_a_row_has_a_row() =>
        Assert.That(Cases.SelectMany(c => c.Value.Where(f => AwsComposition.Vocabulary.Find(c.Key)!.Find(f.Fact) is null)), Is.Empty);

    [Test]
    public void One_operation_has_one_permission_wherever_it_stands() =>
        Assert.That(
            AwsComposition.Vocabulary.Tables.SelectMany(t => t.Facts.SelectMany(f => f.Calls).Concat(t.Listing)).Distinct().GroupBy(c => c.Operation, StringComparer.Ordinal).Where(g => g.Count() > 1),
            Is.Empty);
}
