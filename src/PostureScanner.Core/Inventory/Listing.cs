using System.Collections.Immutable;

namespace PostureScanner.Core.Inventory;

/// <summary>What listing one kind in one target gave.</summary>
/// <param name="Listed">How many resources the listing named.</param>
/// <param name="Complete">True only when AWS gave every page: only then may "not in the listing" mean "gone".</param>
/// <param name="Problem">Why the listing is not complete, as a sentence.</param>
public sealed record Listing(Target Target, string Kind, int Listed, bool Complete, string? Problem)
{
    /// <summary>The requests that gave the pages, in their order.</summary>
    public ImmutableArray<string> RequestIds { get; init; } = [];
}

/// <summary>Resources an account-wide listing named in a region that is not scanned: counted, never findings.</summary>
public sealed record OutOfScope(Target Target, string Kind, int Count);
