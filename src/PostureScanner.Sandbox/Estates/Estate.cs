using System.Security.Cryptography;
using System.Text;
using PostureScanner.Sandbox.Founding;
using PostureScanner.Sandbox.Reading;

namespace PostureScanner.Sandbox;

/// <summary>The accounts, regions, tables, buckets, keys and stacks a sandbox serves. Live and thread-safe: what is changed here is answered from then on.</summary>
public sealed class Estate
{
    private readonly List<Action> founding = [];
    private TimeProvider clock = TimeProvider.System;
    private bool served;
    private int created;

    private Estate(IEnumerable<Account> accounts, IEnumerable<Region> regions)
    {
        Accounts = [.. accounts];
        Regions = [.. regions];
    }

    /// <summary>The first is whose credentials name no account.</summary>
    public IReadOnlyList<Account> Accounts { get; private set; }

    /// <summary>The first is where things stand that name no region.</summary>
    public IReadOnlyList<Region> Regions { get; }

    public IReadOnlyList<Place> Tables => [.. World.Tables.All.Select(table => new Place(table.Account, table.Region, table.Name))];

    public IReadOnlyList<Place> Buckets => [.. World.Buckets.Values.Select(bucket => new Place(bucket.Account, bucket.Region, bucket.Name))];

    public IReadOnlyList<Place> Keys => [.. World.Keys.All.Select(key => new Place(key.Account, key.Region, key.Id))];

    /// <summary>Those that are not deleted.</summary>
    public IReadOnlyList<Place> Stacks =>
        [.. World.Stacks.All.Where(stack => stack.Deleted is null).Select(stack => new Place(stack.Account, stack.Region, stack.Name))];

    internal Lock Gate { get; } = new();

    internal World World { get; set; } = new();

    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>An account with no resources; eu-west-1 where no region is named.</summary>
    public static Estate Empty(string account = "111122223333", params string[] regions) =>
        new([new Account(account, account)], (regions.Length == 0 ? ["eu-west-1"] : regions).Select(region => new Region(region)));

    /// <exception cref="EstateException">The file is not an estate; the message says what and where.</exception>
    public static Estate Parse(string yaml, string fileName)
    {
        var file = EstateFile.Read(yaml, fileName);
        var estate = new Estate(file.Accounts, file.Regions);
        foreach (var key in file.Keys)
            estate.AddKey(key);
        foreach (var table in file.Tables)
            estate.AddTable(table);
        foreach (var bucket in file.Buckets)
            estate.AddBucket(bucket with { Replication = null });
        // A rule may name a key of the destination's region, wherever in the file the destination stands.
        foreach (var bucket in file.Buckets.Where(bucket => bucket.Replication is not null))
            estate.ChangeBucket(new BucketSpec(bucket.Name) { Replication = bucket.Replication });
        foreach (var stack in file.Stacks)
            estate.AddStack(stack);
        return estate;
    }

    /// <summary>Five systems with kept and broken disaster-recovery promises.</summary>
    public static Estate Demo() => Parse(Embedded.Text("demo.yaml"), "demo.yaml");

    /// <summary>All of its steps or, when one cannot be done, none.</summary>
    /// <exception cref="EstateException">A step names something the estate does not hold.</exception>
    public void Apply(EstateDrift drift)
    {
        ArgumentNullException.ThrowIfNull(drift);
        lock (Gate)
        {
            var (before, founded) = (World, founding.Count);
            try
            {
                foreach (var step in drift.Changes)
                    step(this);
            }
            catch
            {
                World = before;
                founding.RemoveRange(founded, founding.Count - founded);
                throw;
            }
        }
    }

    public Estate AddAccount(string id, string name)
    {
        lock (Gate)
            Accounts = [.. Accounts, new Account(id, name)];
        return this;
    }

    public Estate AddTable(TableSpec spec) => Do(() => World = TableFounder.Add(this, spec));

    public Estate ChangeTable(TableSpec spec) => Do(() => World = TableFounder.Change(this, spec));

    /// <summary>As if somebody had deleted it: a table with point-in-time recovery leaves its system backup behind.</summary>
    public Estate RemoveTable(string name, string? region = null, string? account = null) =>
        Do(() => World = TableFounder.Remove(this, name, region, account));

    public Estate AddBucket(BucketSpec spec) => Do(() => World = BucketFounder.Add(this, spec));

    public Estate ChangeBucket(BucketSpec spec) => Do(() => World = BucketFounder.Change(this, spec));

    public Estate RemoveBucket(string name) => Do(() => World = BucketFounder.Remove(this, name));

    public Estate AddKey(KeySpec spec) => Do(() => World = KeyFounder.Add(this, spec));

    public Estate ChangeKey(KeySpec spec) => Do(() => World = KeyFounder.Change(this, spec));

    public Estate RemoveKey(string id, string? region = null, string? account = null) =>
        Do(() => World = KeyFounder.Remove(this, id, region, account));

    /// <summary>What it owns must be there first.</summary>
    public Estate AddStack(StackSpec spec) => Do(() => World = StackFounder.Add(this, spec));

    /// <summary>A stack that is deleted this way leaves everything it owned.</summary>
    public Estate ChangeStack(StackSpec spec) => Do(() => World = StackFounder.Change(this, spec));

    /// <summary>A topic whose ARN is <c>arn:aws:sns:region:account:name</c>.</summary>
    public Estate AddTopic(string name, string? region = null, string? account = null) =>
        Do(() => World = World.Put(new Topic(this.AccountOr(account), this.RegionOr(region), name)));

    /// <summary>Ages count from the clock of the first server that serves the estate, so they are turned into times again.</summary>
    internal void ServeBy(TimeProvider serverClock)
    {
        lock (Gate)
        {
            if (served)
                return;
            served = true;
            clock = serverClock;
            FoundAgain();
        }
    }

    internal void Reset()
    {
        lock (Gate)
            FoundAgain();
    }

    /// <summary>A UUID that repeats from run to run, and differs when a thing of the same name is created again.</summary>
    internal string NewId(string of)
    {
        created++;
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{of}#{created}")).AsSpan(0, 16)).ToString("D");
    }

    private void FoundAgain()
    {
        World = new World();
        created = 0;
        foreach (var step in founding)
            step();
    }

    private Estate Do(Action step)
    {
        lock (Gate)
        {
            step();
            if (!served)
                founding.Add(step);
        }

        return this;
    }
}
