using System.Collections.Immutable;

namespace PostureScanner.Aws.Clients;

/// <summary>Which accounts one run looks at, and which regions of each.</summary>
/// <param name="only">By account; empty for every account there is a way into. No regions: those of the settings.</param>
/// <param name="regions">The settings' own.</param>
internal sealed class Scope(ImmutableSortedDictionary<string, ImmutableArray<string>> only, Regions regions)
{
    private readonly ImmutableSortedDictionary<string, Regions> _only = only.ToImmutableSortedDictionary(a => a.Key, a => a.Value.IsEmpty ? regions : Regions.Of(a.Value), StringComparer.Ordinal);

    public bool Has(string account) => _only.IsEmpty || _only.ContainsKey(account);

    public Regions RegionsOf(string account) => _only.GetValueOrDefault(account, regions);

    /// <summary>The entries to use, and one that says so for each account that nothing leads into: it was wanted, and nobody looked at it.</summary>
    public ImmutableArray<Entry> Of(IReadOnlyCollection<Entry> entries) =>
    [
        // A failed entry may have no account's number; it says why there is nothing.
        .. entries.Where(e => Has(e.Account) || e.Problem is not null),
        .. _only.Keys.Except(entries.Select(e => e.Account), StringComparer.Ordinal).Select(account => new Entry(account, null, null, "no role of this account is among the roles to assume")),
    ];
}
