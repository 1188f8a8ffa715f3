using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources;
using PostureScanner.Aws.Sources.DynamoDbTables;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.S3Buckets;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws;

/// <summary>Puts the sources together: every account, every kind. The only place that knows all of them.</summary>
public sealed partial class AwsComposition : IDisposable
{
    private readonly ImmutableArray<AwsAccount> _accounts;

    private AwsComposition(ImmutableArray<IResourceSource> sources, ImmutableArray<AwsAccount> accounts)
    {
        Sources = sources;
        _accounts = accounts;
    }

    /// <summary>Everything that policies may name. Needs no AWS.</summary>
    public static Vocabulary Vocabulary { get; } = new([TableRows.Instance.Table, BucketRows.Instance.Table]);

    public ImmutableArray<IResourceSource> Sources { get; }

    /// <summary>Finds out whose account it is and assumes the roles. An account that cannot be entered becomes a source that says so.</summary>
    /// <exception cref="SettingsException">No scan can begin with these settings.</exception>
    public static async Task<AwsComposition> ConnectAsync(AwsSettings settings, CallTally tally, TimeProvider clock, CancellationToken stopReading)
    {
        var login = Login.Of(settings);
        var regions = settings.Regions.IsEmpty ? [Login.DefaultRegion()] : settings.Regions.Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (regions.FirstOrDefault(r => !RegionPattern().IsMatch(r)) is { } wrong)
            throw new SettingsException($"'{wrong}' is no region; regions are written like eu-west-1");

        var roles = settings.RoleArns.Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (roles.GroupBy(Login.AccountOf, StringComparer.Ordinal).FirstOrDefault(account => account.Count() > 1) is { } twice)
            throw new SettingsException($"{string.Join(" and ", twice)} are roles of one account, in which everything would be read twice");

        var caller = new ApiCaller(new Pacer(settings.Pace, clock), tally, clock, settings.Patience);
        var entries = roles.IsEmpty
            ? [await login.OwnAsync(caller, regions, stopReading)]
            : await Task.WhenAll(roles.Select(role => login.AssumeAsync(role, caller, regions, stopReading)));

        var accounts = entries.Where(e => e.Problem is null).Select(e => login.Account(e)).ToImmutableArray();
        var reached = accounts.SelectMany(account =>
        {
            var keys = new KeyBook(account, caller, stopReading);
            return new IResourceSource[] { new TableSource(account, regions, caller, keys), new BucketSource(account, regions, caller, keys) };
        });
        var unreached = entries.Where(e => e.Problem is not null)
            .SelectMany(e => Vocabulary.Tables.Select(table => (IResourceSource)new UnreachedSource(table, e.Account, regions, e.Problem!)));
        return new AwsComposition([.. reached, .. unreached], accounts);
    }

    public void Dispose()
    {
        foreach (var account in _accounts)
            account.Dispose();
    }

    [GeneratedRegex(@"\A[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionPattern();
}
