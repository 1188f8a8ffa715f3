using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

/// <summary>Things by account and region, in ordinal order of their names. Immutable, so that a drift that fails half-way leaves no trace.</summary>
internal sealed class Shelf<T>
    where T : class
{
    private static readonly ImmutableSortedDictionary<string, T> Nothing = ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<(string Account, string Region), ImmutableSortedDictionary<string, T>> places;

    private Shelf(ImmutableDictionary<(string, string), ImmutableSortedDictionary<string, T>> places) => this.places = places;

    public static Shelf<T> Empty { get; } = new(ImmutableDictionary<(string, string), ImmutableSortedDictionary<string, T>>.Empty);

    public IEnumerable<T> All => places
        .OrderBy(place => place.Key.Account, StringComparer.Ordinal)
        .ThenBy(place => place.Key.Region, StringComparer.Ordinal)
        .SelectMany(place => place.Value.Values);

    public ImmutableSortedDictionary<string, T> In(string account, string region) => places.GetValueOrDefault((account, region), Nothing);

    public T? Find(string account, string region, string name) => In(account, region).GetValueOrDefault(name);

    public Shelf<T> Put(string account, string region, string name, T thing) =>
        new(places.SetItem((account, region), In(account, region).SetItem(name, thing)));

    public Shelf<T> Remove(string account, string region, string name) =>
        new(places.SetItem((account, region), In(account, region).Remove(name)));
}
