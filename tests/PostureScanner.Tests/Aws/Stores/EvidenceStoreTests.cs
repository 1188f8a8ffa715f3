using System.Text.RegularExpressions;
using NUnit.Framework.Constraints;
using PostureScanner.Core.Evidence;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>What every store of evidence must do, told of each.</summary>
[TestFixture("folder")]
[TestFixture("s3")]
public sealed class EvidenceStoreTests(string sort)
{
    private const string First = "chain/0000000001.json";

    private EvidencePlace _place = null!;

    private IEvidenceStore Store => _place.Open(sort == "folder" ? "evidence" : $"s3://{EvidencePlace.Bucket}/posture");

    [SetUp]
    public async Task Make_a_place() => _place = await EvidencePlace.MakeAsync();

    [TearDown]
    public async Task Remove_it() => await _place.DisposeAsync();

    [Test]
    public async Task At_first_there_is_nothing()
    {
        Assert.That(await Store.ReadAsync(First), Is.Null);
        Assert.That(await Store.ListAsync(), Is.Empty);
        Assert.That(await Store.ListAsync("chain/"), Is.Empty);
    }

    [Test]
    public async Task What_was_created_is_read()
    {
        Assert.That(await Store.CreateAsync(First, "one"), Is.True);
        Assert.That(await Store.ReadAsync(First), Is.EqualTo("one"));
    }

    [TestCase("one")]
    [TestCase("two")]
    public async Task What_stands_is_never_written_over(string again)
    {
        await Store.CreateAsync(First, "one");
        Assert.That(await Store.CreateAsync(First, again), Is.False);
        Assert.That(await Store.ReadAsync(First), Is.EqualTo("one"));
    }

    [Test]
    public async Task A_stream_is_written_from_its_beginning()
    {
        using var content = new MemoryStream("whole"u8.ToArray()) { Position = 3 };
        await Store.CreateAsync(First, content, default);
        Assert.That(await Store.ReadAsync(First), Is.EqualTo("whole"));
    }

    [Test]
    public async Task A_file_of_megabytes_is_whole()
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        using var content = new MemoryStream(bytes);
        Assert.That(await Store.CreateAsync("scans/facts.jsonl.gz", content, default), Is.True);
        await using var stream = await Store.OpenAsync("scans/facts.jsonl.gz", default);
        using var read = new MemoryStream();
        await stream!.CopyToAsync(read);
        Assert.That(read.ToArray().AsSpan().SequenceEqual(bytes), Is.True);
    }

    [Test]
    public async Task Of_writers_at_once_one_wins_whatever_they_write()
    {
        foreach (var round in Enumerable.Range(0, 20))
        {
            var path = $"chain/{round}.json";
            // Half of them write the same.
            var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Store.CreateAsync(path, $"writer {i / 2}"))));
            Assert.That(won.Count(w => w), Is.EqualTo(1));
            Assert.That(await Store.ReadAsync(path), Is.EqualTo($"writer {Array.IndexOf(won, true) / 2}"));
        }
    }

    [Test]
    public async Task Paths_are_listed_in_ordinal_order_from_anywhere()
    {
        // "-" and "." stand before "/", letters after it, capitals before small ones.
        string[] paths = ["a-/x", "a.json", "a/b/c", "a/b/d", "a/z", "a0", "aB", "aa/1", "chain/0000000001.json", "chain/0000000010.json", "z"];
        foreach (var path in paths.Reverse())
            await Store.CreateAsync(path);

        Assert.That(await Store.ListAsync(), Is.EqualTo(paths));
        Assert.That(await Store.ListAsync("a/"), Is.EqualTo(new[] { "a/b/c", "a/b/d", "a/z" }));
        Assert.That(await Store.ListAsync("a/", "a/b/c"), Is.EqualTo(new[] { "a/b/d", "a/z" }));
        foreach (var after in (string[])[.. paths, "", "a", "a/", "a/b/", "a/b/cc", "b", "zz"])
            Assert.That(await Store.ListAsync(after: after), Is.EqualTo(paths.Where(p => string.CompareOrdinal(p, after) > 0)), after);
    }

    [Test]
    public async Task More_than_a_page_is_listed()
    {
        await Task.WhenAll(Enumerable.Range(1, 1010).Select(i => Store.CreateAsync($"chain/{i:0000000000}.json")));
        var all = await Store.ListAsync("chain/");
        Assert.That(all, Has.Count.EqualTo(1010).And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(await Store.ListAsync("chain/", all[1004]), Has.Count.EqualTo(5));
    }

    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("../outside")]
    [TestCase("scans/../../outside")]
    [TestCase("scans/./x")]
    [TestCase("scans//x")]
    [TestCase("scans/")]
    [TestCase("scans\\x")]
    [TestCase("C:x")]
    [TestCase("scans/\n")]
    [TestCase("scans/.0123456789abcdef0123456789abcdef.draft")]
    public void A_path_that_leads_elsewhere_is_refused(string path)
    {
        Assert.That(async () => await Store.CreateAsync(path), Refused("cannot be the path of evidence"));
        Assert.That(async () => await Store.ReadAsync(path), Refused("cannot be the path of evidence"));
    }

    [TestCase("chain")]
    [TestCase("../")]
    [TestCase("/")]
    public void So_is_such_a_prefix(string prefix) => Assert.That(async () => await Store.ListAsync(prefix), Refused("cannot be the path of evidence"));

    [Test]
    public void What_cannot_be_written_is_an_error()
    {
        if (sort == "folder")
            File.WriteAllText(Path.Combine(_place.Folder, "evidence"), "a file where the folder should be");
        else
            _place.Sandbox.Faults.Deny("s3:PutObject");
        Assert.That(async () => await Store.CreateAsync(First), Refused("cannot be written", sort == "s3" ? "the role needs s3:PutObject" : "evidence"));
    }

    [Test]
    public void What_cannot_be_listed_is_not_empty()
    {
        if (sort == "folder")
            File.WriteAllText(Path.Combine(_place.Folder, "evidence"), "a file where the folder should be");
        else
            _place.Sandbox.Faults.Deny("s3:ListBucket");
        Assert.That(async () => await Store.ListAsync(), Refused("cannot be listed", sort == "s3" ? "s3:ListBucket" : "evidence"));
    }

    [Test]
    public async Task What_may_not_be_read_is_not_missing()
    {
        await Store.CreateAsync(First);
        if (sort == "folder")
        {
            await using var held = new FileStream(Path.Combine(_place.Folder, "evidence", "chain", "0000000001.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            Assert.That(async () => await Store.ReadAsync(First), Refused("cannot be read"));
            return;
        }

        _place.Sandbox.Faults.Deny("s3:GetObject");
        Assert.That(async () => await Store.ReadAsync(First), Refused("cannot be read", "s3:GetObject"));
    }

    [Test]
    public async Task A_writer_that_is_stopped_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        using var content = new MemoryStream("evidence"u8.ToArray());
        Assert.That(async () => await Store.CreateAsync(First, content, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Store.ListAsync(), Is.Empty);
        Assert.That(Directory.EnumerateFiles(_place.Folder, "*", SearchOption.AllDirectories), Is.Empty);
    }

    private static Constraint Refused(params string[] words) => Throws.TypeOf<EvidenceException>().With.Message.Matches(string.Join(".*", words.Select(Regex.Escape)));
}
