using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Amazon.EC2.Model;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Clients;

/// <summary>Which regions are scanned: those that were named, or, by the word <c>all</c>, those that an account has enabled.</summary>
/// <param name="Named">Empty where the account is asked.</param>
/// <param name="Home">Where questions are asked that any region answers, the first that answers.</param>
internal sealed partial record Regions(ImmutableArray<string> Named, ImmutableArray<string> Home)
{
    public static readonly Call Listing = new("ec2:DescribeRegions", "ec2:DescribeRegions");

    /// <summary>Enabled in every account of the commercial partition, and nobody can disable it.</summary>
    private const string AlwaysEnabled = "us-east-1";

    /// <summary>The regions by which to name what nobody could look at.</summary>
    public ImmutableArray<string> Shown => Named.IsEmpty ? Home : Named;

    /// <exception cref="SettingsException">A name is no region's, or none is configured.</exception>
    public static Regions Of(ImmutableArray<string> wanted)
    {
        var names = wanted.Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (names is [Target.AllRegions])
            return new Regions([], [Login.ConfiguredRegion() ?? AlwaysEnabled]);
        if (names.IsEmpty)
            names = [Login.DefaultRegion()];
        return names.FirstOrDefault(n => !Name().IsMatch(n)) is { } wrong
            ? throw new SettingsException($"'{wrong}' is no region; regions are written like eu-west-1, or 'all' by itself")
            : new Regions(names, names);
    }

    public static bool IsName(string region) => Name().IsMatch(region);

    /// <summary>The regions of an account, in order, or why they cannot be had.</summary>
    public async Task<(ImmutableArray<string> Names, string? Problem)> OfAsync(AwsAccount account, ApiCaller caller, CancellationToken stopReading)
    {
        if (!Named.IsEmpty)
            return (Named, null);
        var answer = await ListAsync(account, caller, stopReading);
        return answer.IsKnown(out var response) ? (In(response), null) : ([Target.AllRegions], ListingProblem.Of(answer.NotRead!));
    }

    /// <summary>Asks an account for its regions.</summary>
    public Task<Reading<DescribeRegionsResponse>> ListAsync(AwsAccount account, ApiCaller caller, CancellationToken stopReading) => caller.AskAsync(
        new Api(Listing.Operation, account.Id, Home[0]),
        // AllRegions stays off: regions that are not opted in refuse every call.
        token => account.Ec2(Home[0]).DescribeRegionsAsync(new DescribeRegionsRequest(), token),
        absentCodes: [],
        isWhole: response => response.Regions is { Count: > 0 },
        stopReading);

    /// <summary>The names an answer gives, in order.</summary>
    public static ImmutableArray<string> In(DescribeRegionsResponse response) => [.. response.Regions.Select(r => r.RegionName).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\A[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
