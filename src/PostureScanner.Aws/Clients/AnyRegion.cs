using System.Collections.Immutable;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Clients;

/// <summary>Asks what any region answers. One that is silent, or that an organisation denies, must not keep us out of the others.</summary>
internal static class AnyRegion
{
    /// <summary>The first region is asked, and where it does not answer all the others at once: silence costs its time twice at most, however many there are.</summary>
    /// <returns>The answer of the first, in their order, that gave one; where none did, why the first that was not silent did not.</returns>
    public static async Task<(string Region, Reading<T> Answer)> AskAsync<T>(ImmutableArray<string> regions, Func<string, Task<Reading<T>>> ask)
    {
        var first = (Region: regions[0], Answer: await ask(regions[0]));
        if (first.Answer.NotRead is null)
            return first;
        var others = await Task.WhenAll(regions.Skip(1).Select(async region => (Region: region, Answer: await ask(region))));
        return others.Prepend(first).OrderBy(o => o.Answer.NotRead switch { null => 0, { Code: Fault.NoAnswer } => 2, _ => 1 }).First();
    }
}
