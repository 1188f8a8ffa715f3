using PostureScanner.Core.Drift;
using PostureScanner.Tests.Aws.Pacing;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>What only a bucket does to a state.</summary>
public sealed class S3SnapshotStoreTests() : SnapshotStoreTest("s3")
{
    [Test]
    public void A_bucket_that_is_not_there_is_an_error_that_says_what_to_do()
    {
        Sandbox.Estate.RemoveBucket(Bucket);
        const string Advice = $"the bucket {Bucket} does not exist; create it, or correct --state (POSTURE_STATE)";
        Assert.That(async () => await Store.ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains(Advice));
        Assert.That(async () => await Store.WriteAsync(Snapshot("one"), null, default), Throws.TypeOf<SnapshotException>().With.Message.Contains(Advice));
    }

    [Test]
    public void A_silent_bucket_is_an_error()
    {
        Sandbox.Faults.Hang("s3:GetObject");
        Assert.That(async () => await StoreWith(TimeSpan.FromMilliseconds(300)).ReadAsync(default), Throws.TypeOf<SnapshotException>().With.Message.Contains("no answer in time"));
    }

    [Test]
    public async Task A_write_whose_answer_was_lost_is_ours_all_the_same()
    {
        Sandbox.Faults.CloseAfter("s3:PutObject", times: 1);
        Assert.That(await Store.WriteAsync(Snapshot("one"), null, default), Is.Not.Null);
        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScanId, Is.EqualTo("one"));
    }

    [Test]
    public async Task A_write_that_meets_another_at_work_is_made_again()
    {
        Sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict", times: 4);
        var clock = new SteppedClock();
        Assert.That(await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("one"), null, default)), Is.Not.Null);
        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScanId, Is.EqualTo("one"));
    }

    [Test]
    public async Task Only_another_state_that_stands_is_another_scanners()
    {
        await Store.WriteAsync(Snapshot("theirs"), null, default);
        Sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict", times: 1);
        var clock = new SteppedClock();
        Assert.That(await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("ours"), null, default)), Is.Null);
    }

    [Test]
    public void Conflicts_that_do_not_end_are_an_error_and_not_another_scanner()
    {
        Sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict");
        var clock = new SteppedClock();
        Assert.That(async () => await clock.UntilAsync(StoreAt(clock).WriteAsync(Snapshot("one"), null, default)), Throws.TypeOf<SnapshotException>().With.Message.Contains("cannot be written"));
        Assert.That(Sandbox.Calls.Of("s3:PutObject"), Is.EqualTo(5));
    }
}
