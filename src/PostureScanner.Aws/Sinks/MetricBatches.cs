using System.Globalization;
using System.Text;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using PostureScanner.Core.Reporting.Metrics;
using Metric = PostureScanner.Core.Reporting.Metrics.Metric;

namespace PostureScanner.Aws.Sinks;

/// <summary>Metrics as CloudWatch takes them: a request holds at most 1,000 data and 1 MB, and one datum it dislikes spoils the whole.</summary>
internal static class MetricBatches
{
    public const int MostData = 1000;

    // Estimated before compression and with room to spare.
    public const int MostBytes = 800_000;

    public const int LongestValue = 1024;

    // The keys of the query protocol, "MetricData.member.1000.Dimensions.member.10.Value=" for one, with the time, the value and the unit.
    private const int BytesPerDatum = 220;
    private const int BytesPerDimension = 102;

    public static IEnumerable<List<MetricDatum>> Of(IEnumerable<Metric> metrics, DateTimeOffset at)
    {
        var batch = new List<MetricDatum>();
        var bytes = 0;
        foreach (var metric in metrics)
        {
            var datum = Datum(metric, at);
            var size = SizeOf(datum);
            if (batch.Count == MostData || (batch.Count > 0 && bytes + size > MostBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(datum);
            bytes += size;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>What a stranger named, as CloudWatch takes it: printable ASCII, not only blanks, not too long. Other characters are written as their numbers, so that two names stay two.</summary>
    public static string Acceptable(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is >= ' ' and <= '~')
                text.Append(c);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
        }

        var acceptable = text.ToString(0, Math.Min(text.Length, LongestValue));
        return acceptable.All(c => c == ' ') ? "(blank)" : acceptable;
    }

    private static MetricDatum Datum(Metric metric, DateTimeOffset at) => new()
    {
        MetricName = metric.Name,
        Dimensions = [.. metric.Dimensions.Select(d => new Dimension { Name = d.Name, Value = Acceptable(d.Value) })],
        Timestamp = at.UtcDateTime,
        Unit = UnitOf(metric.Unit),
        Value = metric.Value,
    };

    private static StandardUnit UnitOf(MetricUnit unit) => unit switch
    {
        MetricUnit.Count => StandardUnit.Count,
        MetricUnit.Percent => StandardUnit.Percent,
        MetricUnit.Seconds => StandardUnit.Seconds,
        _ => StandardUnit.None,
    };

    private static int SizeOf(MetricDatum datum) =>
        BytesPerDatum + datum.MetricName.Length + datum.Dimensions.Sum(d => BytesPerDimension + d.Name.Length + Uri.EscapeDataString(d.Value).Length);
}
