using System.Collections.Concurrent;

namespace PostureScanner.Sandbox;

/// <summary>Which calls, and what becomes of them. A rule may let a call pass: a bucket with tokens, a count that is used up.</summary>
internal sealed class FaultRule(string operation, string name, string? region, Fault fault)
{
    private readonly ConcurrentDictionary<string, int> fired = new(StringComparer.Ordinal);

    /// <summary>How often it fires; for each name on its own when <see cref="PerName"/>.</summary>
    public int Times { get; init; } = int.MaxValue;

    public bool PerName { get; init; }

    /// <summary>Fires only when there is no token left.</summary>
    public TokenBuckets? Rate { get; init; }

    public Fault? Meet(FaultSite site)
    {
        if (!Names(site) || !IsAbout(site) || (region is not null && region != site.Region))
            return null;
        if (Rate is not null)
            return Rate.Take(site) ? null : fault;
        if (Times == int.MaxValue)
            return fault;
        return fired.AddOrUpdate(PerName ? site.Operation + site.Region + (site.Part ?? site.Name) : "", 1, (_, count) => Math.Min(count, Times) + 1) <= Times ? fault : null;
    }

    public bool Denies(FaultSite site) => fault is Fault.Denied && Meet(site) is not null;

    private bool Names(FaultSite site) =>
        Glob.Matches(operation, site.Operation) || (fault is Fault.Denied && Glob.Matches(operation, site.Action));

    private bool IsAbout(FaultSite site) => Glob.Matches(name, site.Name) || (site.Part is { } part && Glob.Matches(name, part));
}
