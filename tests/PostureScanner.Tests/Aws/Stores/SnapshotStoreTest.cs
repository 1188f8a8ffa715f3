using System.Collections.Immutable;
using System.Text;
using Amazon.S3.Model;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Drift;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>A place for the state, in a folder or in a bucket.</summary>
/// <param name="sort">Which of both: <c>folder</c> or <c>s3</c>.</param>
public abstract class SnapshotStoreTest(string sort)
{
    protected const string Bucket = "posture-state";
    protected const string Home = "eu-west-1";

    /// <summary>Where the bucket stands, so that it has to be found.</summary>
    protected const string Away = "eu-north-1";

    protected string Sort => sort;

    protected string Folder { get; private set; } = null!;

    protected SandboxServer Sandbox { get; private set; } = null!;

    protected ISnapshotStore Store => StoreWith(AwsSettings.DefaultPatience);

    [SetUp]
    public async Task Make_a_place()
    {
        Folder = Directory.CreateTempSubdirectory().FullName;
        Sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: [Home, Away]).AddBucket(new BucketSpec(Bucket) { Region = Away }));
    }

    [TearDown]
    public async Task Remove_it()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    protected ISnapshotStore StoreWith(TimeSpan patience) => Open(patience, TimeProvider.System);

    protected ISnapshotStore StoreAt(TimeProvider clock) => Open(AwsSettings.DefaultPatience, clock);

    private ISnapshotStore Open(TimeSpan patience, TimeProvider clock) => SnapshotStores.Open(
        Sort == "folder" ? "state" : $"s3://{Bucket}/scanner", Folder, new AwsSettings([Home], [], Pace.Off, patience, Sandbox.Url), clock);

    protected async Task PutAsync(string text)
    {
        if (Sort == "folder")
        {
            Directory.CreateDirectory(Path.Combine(Folder, "state"));
            await File.WriteAllTextAsync(Path.Combine(Folder, "state", "state.json"), text);
            return;
        }

        using var s3 = Sandbox.S3(Away);
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "scanner/state.json", InputStream = body });
    }

    protected static Snapshot Snapshot(string scanId) => new(
        scanId, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, PolicyState>.Empty, "", [], ImmutableSortedDictionary<string, ResourceState>.Empty);
}
