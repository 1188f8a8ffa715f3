using FsCheck.Fluent;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Tests.Evaluation;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;

namespace PostureScanner.Tests.Reporting.Metrics;

/// <summary>What must hold whatever was read: CloudWatch refuses the whole request for one datum it dislikes.</summary>
internal sealed class MetricProperties
{
    [Test]
    public void Of_any_scan_all_is_acceptable_sorted_and_there_once()
    {
        var scans =
            from policy in Samples.Policies
            from readings in Samples.Readings.ListOf(3)
            from names in Gen.Elements("box-1", "box-2", "b*x", "a b").ListOf(3)
            select Reports.Of(Rules.Set(policy), readings.Zip(names, (r, n) => Samples.Sheet(r, n))) with { State = Metered.State };

        Prop.ForAll(scans.ToArbitrary(), report =>
        {
            var metrics = Metered.Of(report, null, "*");
            var series = metrics.Select(m => m.Series).ToList();
            return series.SequenceEqual(series.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal)
                && metrics.All(IsAcceptable)
                && metrics.All(m => m.Dimensions[0] == ("Scanner", "main"))
                && metrics.Where(m => m.Unit == MetricUnit.Percent).All(m => m.Value is >= 0 and <= 100)
                && metrics.Where(m => m.Unit == MetricUnit.None).All(m => m.Value is 0 or 1);
        }).Hold();
    }

    private static bool IsAcceptable(Metric metric) =>
        IsName(metric.Name)
        && double.IsFinite(metric.Value)
        && metric.Value >= 0
        && metric.Dimensions.Length <= 30
        && metric.Dimensions.All(d => IsName(d.Name) && !d.Name.StartsWith(':') && IsPrintable(d.Value) && d.Value.Length <= 1024)
        && metric.Dimensions.Select(d => d.Name).Distinct(StringComparer.Ordinal).Count() == metric.Dimensions.Length;

    private static bool IsName(string text) => text.Length <= 255 && IsPrintable(text);

    private static bool IsPrintable(string text) => !string.IsNullOrWhiteSpace(text) && text.All(c => c is >= ' ' and <= '~');
}
