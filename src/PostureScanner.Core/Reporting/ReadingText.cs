using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;

namespace PostureScanner.Core.Reporting;

/// <summary>A reading in words, the same in every format that people read.</summary>
internal static class ReadingText
{
    /// <summary>The value; or that there is none, and why.</summary>
    public static string Of(Fact fact, Reading<FactValue> reading) => reading.State switch
    {
        ReadingState.Known => Printable.Of(reading.Value.ToString()),
        ReadingState.Absent => $"absent ({fact.WhenAbsent ?? "not configured"})",
        _ => $"unknown ({Printable.Of(reading.NotRead?.Code ?? "not asked")})",
    };

    /// <summary>Every fact the finding was decided on, with its reading.</summary>
    public static IEnumerable<(Fact Fact, Reading<FactValue> Reading)> FactsOf(Finding finding) => finding.Policy.Facts.Zip(finding.Readings);

    /// <summary>When the oldest of the readings was made: the finding is no younger than that. Null where nothing was asked.</summary>
    public static DateTimeOffset? ObservedAt(Finding finding) => finding.Readings.Select(r => r.Origin?.ObservedAt).Min();
}
