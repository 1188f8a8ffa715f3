using System.Text;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>A folder and a sandbox with buckets, away from home so that they have to be found.</summary>
internal sealed class EvidencePlace : IAsyncDisposable
{
    public const string Bucket = "evidence";
    public const string Locked = "locked-evidence";
    public const string Home = "eu-west-1";
    public const string Away = "eu-north-1";

    private EvidencePlace(SandboxServer sandbox) => Sandbox = sandbox;

    public SandboxServer Sandbox { get; }

    public ManualClock Clock { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory().FullName;

    public static async Task<EvidencePlace> MakeAsync() => new(await SandboxServer.StartAsync(Estate.Empty(regions: [Home, Away])
        .AddBucket(new BucketSpec(Bucket) { Region = Away })
        .AddBucket(new BucketSpec(Locked) { Region = Away, Versioning = "enabled", ObjectLock = new ObjectLockSpec() })));

    public IEvidenceStore Open(string place, EvidenceRetention? retention = null, TimeSpan? patience = null, TimeProvider? clock = null) =>
        EvidenceStores.Open(place, Folder, new AwsSettings([Home], [], Pace.Off, patience ?? AwsSettings.DefaultPatience, Sandbox.Url), retention, clock ?? Clock);

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

internal static class EvidenceStoreSteps
{
    public static async Task<bool> CreateAsync(this IEvidenceStore store, string path, string text = "evidence")
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await store.CreateAsync(path, content, default);
    }

    public static async Task<string?> ReadAsync(this IEvidenceStore store, string path)
    {
        await using var stream = await store.OpenAsync(path, default);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public static async Task<List<string>> ListAsync(this IEvidenceStore store, string prefix = "", string? after = null) =>
        await store.ListAsync(prefix, after, default).ToListAsync();
}
