using System.Collections.Immutable;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Drift;

/// <summary>Copies of one resource in several regions: what happens to them alike is one change.</summary>
internal static class Copies
{
    /// <param name="copiesOf">The other regions in which a resource is known to have copies, under its name.</param>
    public static IEnumerable<Change> Together(IEnumerable<Change> changes, Func<Resource, ImmutableArray<string>> copiesOf)
    {
        foreach (var alike in changes.GroupBy(c => (c.Kind, c.PolicyId, c.Fact, c.Before, c.After, c.Alerts, c.ResourceKind, c.Resource?.Name, c.Target?.Account)))
        {
            var rest = alike.ToList();
            // What is nobody's finding or fact, such as a disappearance, happens to each by itself.
            if (rest.Count > 1 && (alike.Key.PolicyId ?? alike.Key.Fact) is not null && alike.Key.Name is not null)
            {
                var together = rest.Where(c => rest.Exists(other => other != c && IsCopy(c.Resource!, other.Resource!))).OrderBy(c => c.Resource!.Arn, StringComparer.Ordinal).ToList();
                if (together.Count > 1)
                {
                    ImmutableArray<string> regions = [.. together.Select(c => c.Resource!.Target.Region).Order(StringComparer.Ordinal)];
                    yield return together[0] with { Regions = regions, Message = $"{together[0].Message}; the same in {string.Join(", ", regions.Except([together[0].Resource!.Target.Region], StringComparer.Ordinal))}" };
                    rest = [.. rest.Except(together)];
                }
            }

            foreach (var change in rest)
                yield return change;
        }

        bool IsCopy(Resource one, Resource other) =>
            copiesOf(one).Contains(other.Target.Region, StringComparer.Ordinal) || copiesOf(other).Contains(one.Target.Region, StringComparer.Ordinal);
    }
}
