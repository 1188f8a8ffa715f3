using System.Collections.Immutable;
using System.Text;
using Amazon.S3.Model;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Drift;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Aws.Pacing;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>What every place for the state must do, told of each.</summary>
[TestFixture("folder")]
[TestFixture("s3")]
public sealed class SnapshotStoreTests(string sort)
{
    private const string Bucket = "posture-state";
    private const string Home = "eu-west-1";

    /// <summary>Where the bucket stands, so that it has to be found.</summary>
    private const string Away = "eu-north-1";

    private string _folder = null!;
    private SandboxServer _sandbox = null!;

    private ISnapshotStore Store => StoreWith(AwsSettings.DefaultPatience);

    [SetUp]
    public async Task Make_a_place()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: [Home, Away]).AddBucket(new BucketSpec(Bucket) { Region = Away }));
    }

    [TearDown]
    public async Task Remove_it()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task At_first_there_is_nothing() => Assert.That(await Store.ReadAsync(default), Is.Null);

    [Test]
    public async Task What_was_written_is_read()
    {
        Assert.That(await Store.WriteAsync(Snapshot("one"), null, default), Is.Not.Null);
        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScanId, Is.EqualTo("one"));
    }

    [Test]
    public async Task What_was_written_can_be_replaced_by_its_writer_without_being_read()
    {
        var version = await Store.WriteAsync(Snapshot("one"), null, default);
        Assert.That(await Store.WriteAsync(Snapshot("two"), version, default), Is.Not.Null.And.Not.EqualTo(version));
        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScanId, Is.EqualTo("two"));
    }

    [Test]
    public async Task Of_two_scanners_one_wins_and_the_other_knows()
    {
        await Store.WriteAsync(Snapshot("base"), null, default);
        var first = await Store.ReadAsync(default);
        var second = await Store.ReadAsync(default);

        Assert.That(await Store.WriteAsync(Snapshot("first"), first!.Version, default), Is.Not.Null);
        Assert.That(await Store.WriteAsync(Snapshot("second"), second!.Version, default), Is.Null);
        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScanId, Is.EqualTo("first"));
    }

    [Test]
    public async Task Of_two_first_scanners_one_wins_and_the_other_knows()
    {
        Assert.That(await Store.WriteAsync(Snapshot("first"), null, default), Is.Not.Null);
        Assert.That(await Store.WriteAsync(Snapshot("second"), null, default), Is.Null);
    }

    [Test]
    public async Task A_broken_state_is_an_error_and_stays_where_it_is()
    {
        await PutAsync("{ \"schema\": ");
        Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("state.json"));
        Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>(), "it is no baseline the next time either");
    }

    [Test]
    public async Task A_newer_state_is_an_error_that_names_both_versions()
    {
        await PutAsync("""{"schema":"posture-snapshot/v9"}""");
        Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("posture-snapshot/v9").And.Message.Contains("posture-snapshot/v1"));
    }

    [Test]
    public void A_place_that_cannot_be_written_is_an_error()
    {
        if (sort == "folder")
            File.WriteAllText(Path.Combine(_folder, "state"), "a file where the folder should be");
        else
            _sandbox.Faults.Deny("s3:PutObject");
        Assert.That(async () => await Store.WriteAsync(Snapshot("one"), null, default), Throws.TypeOf<SnapshotException>().With.Message.Contains("cannot be written"));
    }

    [Test]
    public async Task A_state_that_may_not_be_read_is_not_the_first_run()
    {
        await PutAsync("{}");
        if (sort == "folder")
        {
            // Held open by somebody else; permissions would not stop the superuser that containers run as.
            await using var held = new FileStream(Path.Combine(_folder, "state", "state.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("cannot be read"));
            return;
        }

        _sandbox.Faults.Deny("s3:GetObject");
        Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("s3:ListBucket"));
    }

    [Test]
    public void A_bucket_that_is_not_there_is_an_error_that_says_what_to_do()
    {
        if (sort == "folder")
            return;
        _sandbox.Estate.RemoveBucket(Bucket);
        const string Advice = $"the bucket {Bucket} does not exist; create it, or correct --state (POSTURE_STATE)";
        Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains(Advice));
        Assert.That(async () => await Store.WriteAsync(Snapshot("one"), null, default), Throws.TypeOf<SnapshotException>().With.Message.Contains(Advice));
    }

    [Test]
    public void A_silent_bucket_is_an_error()
    {
        if (sort == "folder")
            return;
        _sandbox.Faults.Hang("s3:GetObject");
        Assert.That(async () => await StoreWith(TimeSpan.FromMilliseconds(300)).ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("no answer in time"));
    }

    [Test]
    public async Task A_write_whose_answer_was_lost_is_ours_all_the_same()
    {
        if (sort == "s3")
            _sandbox.Faults.CloseAfter("s3:PutObject", times: 1);
        Assert.That(await Store.WriteAsync(Snapshot("one"), null, default), Is.Not.Null);
        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScanId, Is.EqualTo("one"));
    }

    [TestCase(4)]
    [TestCase(1)]
    public async Task A_write_that_meets_another_at_work_is_made_again(int times)
    {
        _sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict", times);
        var clock = new SteppedClock();
        Assert.That(await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("one"), null, default)), Is.Not.Null);
        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScanId, Is.EqualTo("one"));
    }

    [Test]
    public async Task Only_another_state_that_stands_is_another_scanners()
    {
        await Store.WriteAsync(Snapshot("theirs"), null, default);
        _sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict", times: 1);
        var clock = new SteppedClock();
        Assert.That(await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("ours"), null, default)), Is.Null);
    }

    [Test]
    public void Conflicts_that_do_not_end_are_an_error_and_not_another_scanner()
    {
        if (sort == "folder")
            return;
        _sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict");
        var clock = new SteppedClock();
        Assert.That(async () => await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("one"), null, default)), Throws.TypeOf<SnapshotException>().With.Message.Contains("cannot be written"));
        Assert.That(_sandbox.Calls.Of("s3:PutObject"), Is.EqualTo(5));
    }

    [Test]
    public async Task A_folder_in_which_somebody_writes_is_waited_for()
    {
        if (sort == "s3")
            return;
        var clock = new SteppedClock();
        var held = Hold();
        var writing = StoreAt(clock).WriteAsync(Snapshot("one"), null, default);
        Assert.That(writing.IsCompleted, Is.False);
        await held.DisposeAsync();
        Assert.That(await clock.UntilAsync(writing), Is.Not.Null);
    }

    [Test]
    public async Task But_not_for_ever()
    {
        if (sort == "s3")
            return;
        var clock = new SteppedClock();
        await using var held = Hold();
        Assert.That(async () => await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("one"), null, default)), Throws.TypeOf<SnapshotException>().With.Message.Contains("state.lock"));
    }

    private FileStream Hold()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "state"));
        return new FileStream(Path.Combine(_folder, "state", "state.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private ISnapshotStore StoreWith(TimeSpan patience) => Open(patience, TimeProvider.System);

    private ISnapshotStore StoreAt(TimeProvider clock) => Open(AwsSettings.DefaultPatience, clock);

    private ISnapshotStore Open(TimeSpan patience, TimeProvider clock) => SnapshotStores.Open(
        sort == "folder" ? "state" : $"s3://{Bucket}/scanner", _folder, new AwsSettings([Home], [], Pace.Off, patience, _sandbox.Url), clock);

    private async Task PutAsync(string text)
    {
        if (sort == "folder")
        {
            Directory.CreateDirectory(Path.Combine(_folder, "state"));
            await File.WriteAllTextAsync(Path.Combine(_folder, "state", "state.json"), text);
            return;
        }

        using var s3 = _sandbox.S3(Away);
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "scanner/state.json", InputStream = body });
    }

    private static Snapshot Snapshot(string scanId) => new(
        scanId, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, PolicyState>.Empty, "", [], ImmutableSortedDictionary<string, ResourceState>.Empty);
}
