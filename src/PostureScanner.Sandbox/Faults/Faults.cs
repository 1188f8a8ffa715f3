using System.Collections.Immutable;

namespace PostureScanner.Sandbox;

/// <summary>
/// What goes wrong on purpose. Rules are asked in the order they were added; the first that fires decides. An operation is
/// <c>dynamodb:DescribeTable</c>, <c>s3:*</c> or <c>*</c>; a name is a glob over table, bucket, key, topic, queue or stack. A call about an object
/// goes by its bucket and by <c>bucket/key</c>. A denial may name the IAM action instead: <c>s3:ListBucket</c>.
/// </summary>
public sealed class Faults
{
    private static readonly Fault None = new Fault.None();

    private readonly TimeProvider clock;
    private ImmutableList<FaultRule> rules = [];
    private ImmutableHashSet<string> vanished = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    internal Faults(TimeProvider clock) => this.clock = clock;

    /// <summary>Real time that passes before each answer, whatever the estate's clock says.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The service's own denial. HeadBucket still names the region, as on AWS; for a 403 without it use <see cref="Fail"/>.</summary>
    public void Deny(string operation, string name = "*", string? region = null) => Add(new FaultRule(operation, name, region, new Fault.Denied()));

    /// <summary>Throttles what comes faster, by account, region and operation; bursts of one second's worth pass.</summary>
    public void ThrottleRate(string operation, double perSecond) =>
        Add(new FaultRule(operation, "*", null, new Fault.Throttled()) { Rate = new TokenBuckets(perSecond, clock) });

    /// <summary>The first calls about each name, in each region, are throttled; later ones pass.</summary>
    public void ThrottleFirst(string operation, int times, string name = "*", string? region = null) =>
        Add(new FaultRule(operation, name, region, new Fault.Throttled()) { Times = times, PerName = true });

    /// <summary>Answers an error of the service's form; <paramref name="times"/> counts all calls the rule meets together.</summary>
    public void Fail(string operation, int status, string code, int times = int.MaxValue, string name = "*", string? region = null) =>
        Add(new FaultRule(operation, name, region, new Fault.Failed(status, code)) { Times = times });

    /// <summary>200, with a body that is neither JSON nor XML.</summary>
    public void Garbage(string operation, int times = int.MaxValue, string name = "*", string? region = null) =>
        Add(new FaultRule(operation, name, region, new Fault.Garbled()) { Times = times });

    /// <summary>The connection ends without an answer.</summary>
    public void Close(string operation, int times = int.MaxValue, string name = "*", string? region = null) =>
        Add(new FaultRule(operation, name, region, new Fault.Closed()) { Times = times });

    /// <summary>
    /// The call is carried out, then the connection ends without an answer: as if the client, or the line, had died in between. The .NET SDK then
    /// sends the request again by itself, beside its retries, unless <c>MaxStaleConnectionRetries</c> is 0.
    /// </summary>
    public void CloseAfter(string operation, int times = int.MaxValue, string name = "*", string? region = null) =>
        Add(new FaultRule(operation, name, region, new Fault.ClosedAfter()) { Times = times });

    /// <summary>No answer until the client goes away.</summary>
    public void Hang(string operation, string name = "*", string? region = null) => Add(new FaultRule(operation, name, region, new Fault.Hung()));

    /// <summary>A table, bucket or key that is still listed, while every other call says that it does not exist.</summary>
    public void Vanish(string name) => ImmutableInterlocked.Update(ref vanished, names => names.Add(name));

    /// <summary>The rates AWS documents for the calls that have one. Tagging and deletion share quotas on AWS; here each call has its own.</summary>
    public void DocumentedRates()
    {
        foreach (var (operation, perSecond) in DocumentedRate.All)
            ThrottleRate(operation, perSecond);
    }

    public void Clear()
    {
        rules = [];
        vanished = vanished.Clear();
        Latency = TimeSpan.Zero;
    }

    internal bool IsVanished(string name) => vanished.Contains(name);

    internal bool Denies(FaultSite site) => rules.Any(rule => rule.Denies(site));

    internal async Task<Fault> MeetAsync(FaultSite site, CancellationToken gone)
    {
        if (Latency > TimeSpan.Zero)
            await Task.Delay(Latency, gone);
        var fault = rules.Select(rule => rule.Meet(site)).FirstOrDefault(met => met is not null) ?? None;
        if (fault is Fault.Hung)
            await Task.Delay(Timeout.InfiniteTimeSpan, gone);
        return fault;
    }

    private void Add(FaultRule rule) => ImmutableInterlocked.Update(ref rules, all => all.Add(rule));
}
