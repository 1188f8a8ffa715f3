using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Policies;

/// <summary>An accepted exception: for a while, somebody answers for a policy that does not hold.</summary>
/// <param name="PolicyId">A policy's id, or <c>*</c>.</param>
/// <param name="ResourcePattern">A glob over the resource's name or, where it has ':' or '/', over its ARN.</param>
/// <param name="Expires">The first moment at which it no longer holds; a date in the file holds to its end, UTC.</param>
/// <param name="Number">Its place in the file, from 1.</param>
public sealed record Waiver(
    string PolicyId, string ResourcePattern, string Because, string Owner, DateTimeOffset Expires, string? Ticket, string File, int Line, int Number)
{
    public bool Covers(Policy policy, Resource resource, DateTimeOffset now) => (IsOfEveryPolicy || PolicyId == policy.Id) && IsFor(resource, now);

    /// <summary>Whether nobody is told that the resource came, went or got weaker.</summary>
    public bool Mutes(Resource resource, DateTimeOffset now) => IsOfEveryPolicy && IsFor(resource, now);

    private bool IsOfEveryPolicy => PolicyId == "*";

    private bool IsFor(Resource resource, DateTimeOffset now) => now < Expires && Glob.Matches(ResourcePattern, resource);
}
