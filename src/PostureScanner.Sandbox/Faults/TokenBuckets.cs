namespace PostureScanner.Sandbox;

/// <summary>A token bucket for each account, region and operation: one second's worth of burst, refilled by the clock.</summary>
internal sealed class TokenBuckets(double perSecond, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string, string, string), (double Tokens, DateTimeOffset At)> buckets = [];

    public bool Take(FaultSite site)
    {
        lock (gate)
        {
            var burst = Math.Max(1, perSecond);
            var now = clock.GetUtcNow();
            var key = (site.Account, site.Region, site.Operation);
            var (tokens, at) = buckets.GetValueOrDefault(key, (burst, now));
            tokens = Math.Min(burst, tokens + ((now - at).TotalSeconds * perSecond));
            var taken = tokens >= 1;
            buckets[key] = (taken ? tokens - 1 : tokens, now);
            return taken;
        }
    }
}
