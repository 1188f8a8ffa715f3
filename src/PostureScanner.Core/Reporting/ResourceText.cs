using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>One resource: every fact that was read of it, and every verdict.</summary>
public static class ResourceText
{
    public static void Write(Report report, TextWriter output, bool colour)
    {
        var ink = new Ink(colour);
        foreach (var listing in report.Listings.Where(l => !l.Complete))
            output.Write($"{ink.Of(Verdict.Unknown, "NOT LISTED")}  {listing.Kind} in {listing.Target}: {Printable.Of(listing.Problem ?? "")}\n");

        foreach (var resource in report.Findings.GroupBy(f => f.Resource))
        {
            output.Write($"{ink.Bold(Printable.Of(resource.Key.Arn))}\n\n");
            var facts = resource.SelectMany(f => f.Policy.Facts.Zip(f.Readings)).DistinctBy(pair => pair.First.Name, StringComparer.Ordinal).OrderBy(pair => pair.First.Name, StringComparer.Ordinal).ToList();
            var width = facts.Max(pair => pair.First.Name.Length);
            foreach (var (fact, reading) in facts)
                output.Write($"  {fact.Name.PadRight(width)}  {ReadingText.Of(fact, reading)}  {ink.Dim(Source(reading))}\n".Replace("  \n", "\n", StringComparison.Ordinal));
            output.Write('\n');
            foreach (var finding in resource)
            {
                output.Write($"  {ink.Of(finding.Verdict, finding.Verdict.Word().PadRight(14))}  {finding.Policy.Id}\n      {Printable.Of(finding.Message)}\n");
                if (finding.Verdict == Verdict.Fail)
                    output.Write($"      {ink.Dim("fix:")} {Printable.Flat(finding.Fix)}\n");
            }
        }
    }

    private static string Source(Reading<FactValue> reading) =>
        reading.Origin is { } origin ? $"{origin.Call}, {Instants.Format(origin.ObservedAt)}{(origin.Note is { } note ? $"; {Printable.Of(note)}" : "")}" : "";
}
