using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Tests.Aws.Pacing;

internal sealed class DocumentedRatesTests
{
    [TestCase("dynamodb:DescribeContinuousBackups", 10)]
    [TestCase("dynamodb:ListTagsOfResource", 10)]
    [TestCase("kms:DescribeKey", 2000)]
    [TestCase("kms:ListResourceTags", 2000)]
    [TestCase("cloudformation:DescribeStacks", 2)]
    [TestCase("cloudformation:GetTemplate", 2)]
    public void Four_fifths_are_taken_or_all_or_no_notice_of_it(string operation, double perSecond) =>
        Assert.That(
            new[] { Pace.Documented, Pace.Full, Pace.Off }.Select(pace => DocumentedRates.Of(operation, pace)),
            Is.EqualTo([perSecond * 0.8, perSecond, double.PositiveInfinity]).Within(1e-9));

    [Test]
    public void Every_operation_of_the_vocabulary_is_paced_or_AWS_documents_no_rate() =>
        Assert.That(
            AwsComposition.Vocabulary.Tables.SelectMany(t => t.Facts.SelectMany(f => f.Calls).Concat(t.Listing)).Select(c => c.Operation).Distinct(StringComparer.Ordinal)
                .Where(operation => double.IsPositiveInfinity(DocumentedRates.Of(operation, Pace.Full)) && !operation.StartsWith("s3:", StringComparison.Ordinal)),
            Is.EquivalentTo(["dynamodb:DescribeTable", "dynamodb:ListTables"]));
}
