using PostureScanner.Core.Drift;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>What every place for the state must do, told of each.</summary>
[TestFixture("folder")]
[TestFixture("s3")]
public sealed class SnapshotStoreTests(string sort) : SnapshotStoreTest(sort)
{
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
        if (Sort == "folder")
            File.WriteAllText(Path.Combine(Folder, "state"), "a file where the folder should be");
        else
            Sandbox.Faults.Deny("s3:PutObject");
        Assert.That(async () => await Store.WriteAsync(Snapshot("one"), null, default), Throws.TypeOf<SnapshotException>().With.Message.Contains("cannot be written"));
    }

    [Test]
    public async Task A_state_that_may_not_be_read_is_not_the_first_run()
    {
        await PutAsync("{}");
        if (Sort == "folder")
        {
            // Held open by somebody else; permissions would not stop the superuser that containers run as.
            await using var held = new FileStream(Path.Combine(Folder, "state", "state.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("cannot be read"));
            return;
        }

        Sandbox.Faults.Deny("s3:GetObject");
        Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("s3:ListBucket"));
    }
}
