using PostureScanner.Aws;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Tests.Aws.Pacing;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>What only a bucket can suffer, and what only a bucket can do.</summary>
public sealed class S3EvidenceStoreTests
{
    private const string Path = "chain/0000000001.json";
    private const string Root = $"s3://{EvidencePlace.Bucket}/posture";
    private const string LockedRoot = $"s3://{EvidencePlace.Locked}/posture";

    private EvidencePlace _place = null!;

    [SetUp]
    public async Task Make_a_place() => _place = await EvidencePlace.MakeAsync();

    [TearDown]
    public async Task Remove_it() => await _place.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_write_whose_answer_was_lost_is_ours_all_the_same(int times)
    {
        _place.Sandbox.Faults.CloseAfter("s3:PutObject", times);
        var store = _place.Open(Root);
        Assert.That(await store.CreateAsync(Path, "ours"), Is.True);
        Assert.That(await store.CreateAsync(Path, "ours"), Is.False, "not the second time");
    }

    [Test]
    public async Task Who_cannot_look_whose_write_stands_there_does_not_guess()
    {
        var store = _place.Open(Root);
        await store.CreateAsync(Path);
        _place.Sandbox.Faults.Deny("s3:GetObject");
        Assert.That(async () => await store.CreateAsync(Path), Throws.TypeOf<EvidenceException>().With.Message.Contains("s3:GetObject"));
    }

    [Test]
    public async Task A_write_that_meets_another_at_work_is_made_again()
    {
        _place.Sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict", times: 4);
        var clock = new SteppedClock();
        Assert.That(await clock.UntilAsync(_place.Open(Root, clock: clock).CreateAsync(Path, "ours")), Is.True);
        Assert.That(await _place.Open(Root).ReadAsync(Path), Is.EqualTo("ours"));
    }

    [Test]
    public async Task And_finds_what_the_other_wrote()
    {
        await _place.Open(Root).CreateAsync(Path, "theirs");
        _place.Sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict", times: 1);
        var clock = new SteppedClock();
        Assert.That(await clock.UntilAsync(_place.Open(Root, clock: clock).CreateAsync(Path)), Is.False);
    }

    [Test]
    public void Conflicts_that_do_not_end_are_no_file_that_exists()
    {
        _place.Sandbox.Faults.Fail("s3:PutObject", 409, "ConditionalRequestConflict");
        var clock = new SteppedClock();
        Assert.That(
            async () => await clock.UntilAsync(_place.Open(Root, clock: clock).CreateAsync(Path)),
            Throws.TypeOf<EvidenceException>().With.Message.Contains($"{Root}/{Path} cannot be written: ConditionalRequestConflict"));
        Assert.That(_place.Sandbox.Calls.Of("s3:PutObject"), Is.EqualTo(5));
    }

    [Test]
    public void Without_the_right_to_list_a_missing_file_is_not_known_to_be_missing()
    {
        _place.Sandbox.Faults.Deny("s3:ListBucket");
        Assert.That(async () => await _place.Open(Root).ReadAsync(Path), Throws.TypeOf<EvidenceException>().With.Message.Contains($"{Root}/{Path} cannot be read").And.Message.Contains("s3:ListBucket"));
    }

    [TestCase("s3:PutObject")]
    [TestCase("s3:GetObject")]
    [TestCase("s3:ListObjectsV2")]
    [TestCase("s3:HeadBucket")]
    public void Silence_a_stumble_and_a_broken_line_are_errors(string operation)
    {
        foreach (var fault in (Action<string>[])[o => _place.Sandbox.Faults.Hang(o), o => _place.Sandbox.Faults.Close(o), o => _place.Sandbox.Faults.Fail(o, 500, "InternalError"), o => _place.Sandbox.Faults.Fail(o, 503, "SlowDown")])
        {
            _place.Sandbox.Faults.Clear();
            fault(operation);
            var store = _place.Open(Root, patience: TimeSpan.FromMilliseconds(500));
            Assert.That(
                async () => _ = operation switch
                {
                    "s3:GetObject" => await store.ReadAsync(Path),
                    "s3:ListObjectsV2" => await store.ListAsync(),
                    _ => (object)await store.CreateAsync(Path),
                },
                Throws.TypeOf<EvidenceException>().With.Message.Contains(Root));
        }
    }

    [Test]
    public void A_listing_that_is_a_proxys_page_is_not_empty()
    {
        _place.Sandbox.Faults.Garbage("s3:ListObjectsV2");
        Assert.That(async () => await _place.Open(Root).ListAsync(), Throws.TypeOf<EvidenceException>());
    }

    [Test]
    public void A_bucket_that_is_not_there_is_an_error_that_says_what_to_do()
    {
        var store = _place.Open("s3://nowhere/posture");
        foreach (var (deed, ask) in new (string, Func<Task>)[] { ("read", () => store.ReadAsync(Path)), ("written", () => store.CreateAsync(Path)), ("listed", () => store.ListAsync()) })
        {
            Assert.That(ask, Throws.TypeOf<EvidenceException>().With.Message.Matches(
                $@"\As3://nowhere/posture/\S* cannot be {deed}: NoSuchBucket: the bucket nowhere does not exist; create it, or correct --evidence \(POSTURE_EVIDENCE\)\z"));
        }
    }

    [Test]
    public void So_is_one_that_nobody_may_see()
    {
        _place.Sandbox.Faults.Fail("s3:HeadBucket", 403, "AccessDenied");
        Assert.That(async () => await _place.Open(Root).CreateAsync(Path), Throws.TypeOf<EvidenceException>().With.Message.EndsWith(
            $" cannot be written: Forbidden: S3 does not say whether the bucket {EvidencePlace.Bucket} exists; if it is not yours, correct --evidence (POSTURE_EVIDENCE); the role needs s3:PutObject"));
    }

    [Test]
    public async Task So_is_one_that_has_gone_meanwhile()
    {
        var store = _place.Open(Root);
        await store.ReadAsync(Path);
        _place.Sandbox.Estate.RemoveBucket(EvidencePlace.Bucket);
        Assert.That(async () => await store.CreateAsync(Path), Throws.TypeOf<EvidenceException>().With.Message.Contains($"the bucket {EvidencePlace.Bucket} does not exist"));
    }

    [TestCase("GOVERNANCE")]
    [TestCase("COMPLIANCE")]
    public async Task Each_object_has_its_own_lock(string mode)
    {
        var store = _place.Open(LockedRoot, new EvidenceRetention(TimeSpan.FromDays(400), mode));
        _place.Clock.Pass(TimeSpan.FromHours(1));
        Assert.That(await store.CreateAsync(Path), Is.True);
        Assert.That(await store.CreateAsync(Path), Is.False, "a second version would hide the first");

        using var s3 = _place.Sandbox.S3(EvidencePlace.Away);
        var head = await s3.GetObjectMetadataAsync(EvidencePlace.Locked, "posture/" + Path);
        Assert.That(head.ObjectLockMode.Value, Is.EqualTo(mode));
        Assert.That(head.ObjectLockRetainUntilDate!.Value.ToUniversalTime(), Is.EqualTo(_place.Clock.Now.AddDays(400).UtcDateTime));
    }

    [Test]
    public async Task What_is_written_carries_its_SHA_256()
    {
        await _place.Open(Root).CreateAsync(Path, "");
        using var s3 = _place.Sandbox.S3(EvidencePlace.Away);
        var head = await s3.GetObjectMetadataAsync(new Amazon.S3.Model.GetObjectMetadataRequest { BucketName = EvidencePlace.Bucket, Key = "posture/" + Path, ChecksumMode = Amazon.S3.ChecksumMode.ENABLED });
        Assert.That(head.ChecksumSHA256, Is.EqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
    }

    [Test]
    public void A_bucket_without_Object_Lock_takes_no_retention() => Assert.That(
        async () => await _place.Open(Root, new EvidenceRetention(TimeSpan.FromDays(400), "COMPLIANCE")).CreateAsync(Path),
        Throws.TypeOf<EvidenceException>().With.Message.EqualTo($"{Root}/{Path} cannot be kept for 400d: the bucket has no Object Lock; switch it on for the bucket, or leave the retention out"));

    [TestCase("s3://", "COMPLIANCE", 1, "names no bucket")]
    [TestCase(LockedRoot, "FOREVER", 1, "no mode of retention")]
    [TestCase(LockedRoot, "COMPLIANCE", 0, "no time at all")]
    public void Settings_that_cannot_be_are_refused(string place, string mode, int days, string words) => Assert.That(
        () => _place.Open(place, new EvidenceRetention(TimeSpan.FromDays(days), mode)), Throws.TypeOf<SettingsException>().With.Message.Contains(words));

    [Test]
    public async Task A_whole_bucket_can_be_the_root()
    {
        var store = _place.Open($"s3://{EvidencePlace.Bucket}");
        await store.CreateAsync(Path);
        Assert.That((store.Place, await store.ListAsync()), Is.EqualTo(($"s3://{EvidencePlace.Bucket}", new[] { Path })));
    }
}
