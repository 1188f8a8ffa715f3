using System.Collections.Immutable;

namespace PostureScanner.Core.Facts;

/// <summary>The kinds and facts that policies may name, handed to Core by the sources.</summary>
/// <param name="tables">One for each kind.</param>
/// <param name="alongside">Calls that serve all kinds, such as the one that lists the regions.</param>
public sealed class Vocabulary(IEnumerable<FactTable> tables, IEnumerable<Call>? alongside = null)
{
    private readonly ImmutableArray<Call> _alongside = [.. alongside ?? []];

    /// <summary>In the order of their kinds.</summary>
    public ImmutableArray<FactTable> Tables { get; } = [.. tables.OrderBy(t => t.Kind, StringComparer.Ordinal)];

    public FactTable? Find(string kind) => Tables.FirstOrDefault(t => t.Kind == kind);

    /// <summary>Every IAM action that reading all of it needs, sorted.</summary>
    public ImmutableArray<string> Permissions =>
    [
        .. Tables.SelectMany(t => t.Listing.Concat(t.Facts.SelectMany(f => f.Calls))).Concat(_alongside)
            .Select(call => call.Permission)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
