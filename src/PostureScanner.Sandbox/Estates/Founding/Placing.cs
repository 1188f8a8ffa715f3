using System.Collections.Immutable;
using System.Globalization;
using PostureScanner.Sandbox.Reading;

namespace PostureScanner.Sandbox.Founding;

internal static class Placing
{
    public static string AccountOr(this Estate estate, string? account) =>
        account is null || estate.Accounts.Any(known => known.Id == account)
            ? account ?? estate.Accounts[0].Id
            : throw new EstateException($"The estate has no account {account}.");

    public static string RegionOr(this Estate estate, string? region) =>
        region is null || estate.Regions.Any(known => known.Name == region)
            ? region ?? estate.Regions[0].Name
            : throw new EstateException($"The estate has no region {region}.");

    public static ImmutableSortedDictionary<string, string> Merge(
        this ImmutableSortedDictionary<string, string> tags, IReadOnlyDictionary<string, string?>? changes, DateTimeOffset now) =>
        (changes ?? ImmutableDictionary<string, string?>.Empty).Aggregate(tags, (merged, tag) =>
            tag.Value is null ? merged.Remove(tag.Key) : merged.SetItem(tag.Key, Dated(tag.Value, now)));

    /// <summary>A value of <c>ago(40d)</c> is the date then: an estate that names days would grow old.</summary>
    private static string Dated(string value, DateTimeOffset now) =>
        value.StartsWith("ago(", StringComparison.Ordinal) && value.EndsWith(')') && Spans.Parse(value["ago(".Length..^1]) is { } age
            ? (now - age).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value;

    /// <summary>The one thing of that name, or the one in the region that is named; a change need not repeat what is already clear.</summary>
    public static T TheOnly<T>(this IEnumerable<T> things, string what, string name, string? region, string? account, Func<T, Place> place)
    {
        var found = things
            .Where(thing => place(thing) is var at && at.Name == name && at.Region == (region ?? at.Region) && at.Account == (account ?? at.Account))
            .Take(2)
            .ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new EstateException($"The estate has no {what} {name}{(region is null ? "" : $" in {region}")}."),
            _ => throw new EstateException($"The estate has more than one {what} {name}: name the region."),
        };
    }
}
