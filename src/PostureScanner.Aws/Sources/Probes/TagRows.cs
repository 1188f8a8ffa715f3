using System.Collections.Immutable;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Probes;

/// <summary>The family <c>tags.*</c>, the same for every kind that has tags.</summary>
internal static class TagRows
{
    private const string Prefix = "tags.";

    public static FactRow<TSubject> Family<TSubject>(Probe<TSubject, ImmutableSortedDictionary<string, string>> tags) => new(
        new Fact("tags.*", FactType.Text, "The value of the tag whose key stands after 'tags.', verbatim.", [tags.Call], "there is no such tag", null),
        async (reads, fact) => (await reads.OfAsync(tags)).Select((all, _) => all.TryGetValue(fact.Name[Prefix.Length..], out var value) ? FactValue.Of(value) : null));

    public static async Task<ImmutableArray<string>> MembersAsync<TSubject>(Reads<TSubject> reads, Probe<TSubject, ImmutableSortedDictionary<string, string>> tags) =>
        (await reads.IfAskedAsync(tags)).IsKnown(out var all) ? [.. all.Keys.Select(key => Prefix + key)] : [];

    /// <summary>Where a key stands twice, the last one counts, as in AWS's own consoles.</summary>
    public static ImmutableSortedDictionary<string, string> Of(IEnumerable<(string Key, string Value)> tags)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
            all[key] = value;
        return all.ToImmutable();
    }
}
