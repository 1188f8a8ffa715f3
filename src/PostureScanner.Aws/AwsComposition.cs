using System.Collections.Immutable;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Sources;
using PostureScanner.Aws.Sources.DynamoDbTables;
using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.S3Buckets;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws;

/// <summary>Puts the sources together: every account, every kind. The only place that knows all of them.</summary>
public sealed class AwsComposition : IDisposable
{
    private readonly ImmutableArray<AwsAccount> _accounts;

    private AwsComposition(ImmutableArray<IResourceSource> sources, ImmutableArray<AwsAccount> accounts)
    {
        Sources = sources;
        _accounts = accounts;
    }

    /// <summary>Everything that policies may name. Needs no AWS.</summary>
    public static Vocabulary Vocabulary { get; } = new([TableRows.Instance.Table, BucketRows.Instance.Table], [Regions.Listing]);

    public ImmutableArray<IResourceSource> Sources { get; }

    /// <summary>As whom each account is read.</summary>
    public ImmutableArray<Caller> Callers { get; private init; } = [];

    /// <summary>Our clock; set by AWS's where the two differ by more than a minute.</summary>
    public TimeProvider Clock { get; private init; } = TimeProvider.System;

    /// <summary>How far our clock is ahead of AWS's; null where that could not be measured.</summary>
    public TimeSpan? ClockSkew { get; private init; }

    /// <summary>The kind whose resources have such ARNs; null where none has.</summary>
    public static string? KindOf(string arn) => arn.Split(':') switch
    {
        ["arn", _, "dynamodb", ..] => TableRows.Instance.Table.Kind,
        ["arn", _, "s3", ..] => BucketRows.Instance.Table.Kind,
        _ => null,
    };

    /// <summary>Finds out whose account it is and assumes the roles. An account that cannot be entered becomes a source that says so.</summary>
    /// <exception cref="SettingsException">No scan can begin with these settings.</exception>
    public static async Task<AwsComposition> ConnectAsync(AwsSettings settings, CallTally tally, TimeProvider clock, CancellationToken stopReading)
    {
        var login = Login.Of(settings);
        var regions = Regions.Of(settings.Regions);
        var scope = new Scope(settings.Only, regions);
        var roles = Login.RolesOf(settings.RoleArns);

        var asking = new ApiCaller(new Pacer(settings.Pace, clock), tally, clock, settings.Patience);
        var (connections, meter) = Connections.Measuring(clock);
        var entered = roles.IsEmpty
            ? [await login.OwnAsync(asking, connections, regions.Home, stopReading)]
            : await Task.WhenAll(roles.Where(role => scope.Has(Login.AccountOf(role))).Select(role => login.AssumeAsync(role, asking, connections, regions.Home, stopReading)));
        var entries = scope.Of(entered);
        // Ages are counted from AWS's times: by a clock that goes wrong, every age would be wrong by as much.
        var set = meter.Ahead is { } ahead && ahead.Duration() > SkewMeter.Tolerated ? new CorrectedClock(clock, ahead) : clock;
        var caller = new ApiCaller(new Pacer(settings.Pace, set), tally, set, settings.Patience);

        var accounts = entries.Where(e => e.Problem is null).Select(e => login.Account(e)).ToImmutableArray();
        var sources = await Task.WhenAll(accounts.Select(account => SourcesAsync(account, scope.RegionsOf(account.Id), caller, stopReading)));
        return new AwsComposition([.. sources.SelectMany(s => s), .. entries.Where(e => e.Problem is not null).SelectMany(e => Unreached(e.Account, scope.RegionsOf(e.Account).Shown, e.Problem!))], accounts)
        {
            Callers = [.. entries.Where(e => e.CallerArn is not null).Select(e => new Caller(e.Account, e.CallerArn!)).OrderBy(c => c.Account, StringComparer.Ordinal)],
            Clock = set,
            ClockSkew = meter.Ahead,
        };
    }

    private static async Task<IEnumerable<IResourceSource>> SourcesAsync(AwsAccount account, Regions regions, ApiCaller caller, CancellationToken stopReading)
    {
        var (names, problem) = await regions.OfAsync(account, caller, stopReading);
        if (problem is not null)
            return Unreached(account.Id, names, problem);
        var keys = new KeyBook(account, caller, stopReading);
        var stacks = new StackBook(account, caller, stopReading);
        return [new TableSource(account, names, caller, keys, stacks), new BucketSource(account, names, caller, keys, stacks)];
    }

    private static IEnumerable<IResourceSource> Unreached(string account, ImmutableArray<string> regions, string problem) =>
        Vocabulary.Tables.Select(table => new UnreachedSource(table, account, regions, problem));

    public void Dispose()
    {
        foreach (var account in _accounts)
            account.Dispose();
    }
}
