using FsCheck.Fluent;
using PostureScanner.Aws.Sinks;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Aws.Sinks;

internal sealed class MetricBatchesTests
{
    [Test]
    public void Any_name_becomes_one_that_CloudWatch_takes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => MetricBatches.Acceptable(text ?? "") is { Length: > 0 and <= MetricBatches.LongestValue } value
            && value.All(c => c is >= ' ' and <= '~')
            && !string.IsNullOrWhiteSpace(value)).Hold(samples: 1_000);

    [TestCase("orders", "orders")]
    [TestCase("AWS::S3::Bucket", "AWS::S3::Bucket")]
    [TestCase("Größe", @"Gr\u{f6}\u{df}e")]
    [TestCase("", "(blank)")]
    [TestCase("  ", "(blank)")]
    public void Characters_are_written_as_their_numbers_where_they_must(string value, string acceptable) => Assert.That(MetricBatches.Acceptable(value), Is.EqualTo(acceptable));

    [Test]
    public void A_name_of_blanks_up_to_where_it_is_cut_is_blank() => Assert.That(MetricBatches.Acceptable(new string(' ', 2000) + "x"), Is.EqualTo("(blank)"));
}
