using PostureScanner.Core.Drift;
using PostureScanner.Tests.Aws.Pacing;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>What only a folder does to a state.</summary>
public sealed class FolderSnapshotStoreTests() : SnapshotStoreTest("folder")
{
    [Test]
    public async Task A_folder_in_which_somebody_writes_is_waited_for()
    {
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
        var clock = new SteppedClock();
        await using var held = Hold();
        Assert.That(async () => await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("one"), null, default)), Throws.TypeOf<SnapshotException>().With.Message.Contains("state.lock"));
    }

    private FileStream Hold()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "state"));
        return new FileStream(Path.Combine(Folder, "state", "state.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
