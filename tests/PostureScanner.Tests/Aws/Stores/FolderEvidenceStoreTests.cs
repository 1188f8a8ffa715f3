using NUnit.Framework.Constraints;
using PostureScanner.Aws;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;

namespace PostureScanner.Tests.Aws.Stores;

/// <summary>What only a folder can suffer.</summary>
public sealed class FolderEvidenceStoreTests
{
    private EvidencePlace _place = null!;

    [SetUp]
    public async Task Make_a_place() => _place = await EvidencePlace.MakeAsync();

    [TearDown]
    public async Task Remove_it() => await _place.DisposeAsync();

    [Test]
    public async Task A_draft_that_a_crash_left_is_listed_nowhere_and_in_nobodys_way()
    {
        var store = _place.Open("evidence");
        Assert.That(async () => await store.CreateAsync("chain/1.json", new Crashing(), default), Throws.TypeOf<InvalidOperationException>());
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "evidence", "chain", EvidencePath.NewDraft()), "{ \"sequ");

        Assert.That(await store.ListAsync(), Is.Empty);
        Assert.That(await store.CreateAsync("chain/1.json"), Is.True);
        Assert.That(await store.ListAsync(), Is.EqualTo(new[] { "chain/1.json" }));
    }

    [Test]
    public async Task What_others_put_there_is_listed_so_that_it_can_be_named()
    {
        await _place.Open("evidence").CreateAsync("chain/1.json");
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "evidence", ".hidden"), "");
        Assert.That(await _place.Open("evidence").ListAsync(), Is.EqualTo(new[] { ".hidden", "chain/1.json" }));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "there a link needs a privilege")]
    public async Task A_symbolic_link_is_listed_and_never_followed()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_place.Folder, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.json"), "secret");
        var store = _place.Open("evidence");
        await store.CreateAsync("chain/1.json");
        var root = Path.Combine(_place.Folder, "evidence");
        File.CreateSymbolicLink(Path.Combine(root, "chain", "2.json"), Path.Combine(outside, "secret.json"));
        File.CreateSymbolicLink(Path.Combine(root, "chain", "3.json"), "nothing");
        Directory.CreateSymbolicLink(Path.Combine(root, "scans"), outside);
        Directory.CreateSymbolicLink(Path.Combine(root, "chain", "up"), "..");

        Assert.That(await store.ListAsync(), Is.EqualTo(new[] { "chain/1.json", "chain/2.json", "chain/3.json", "chain/up", "scans" }));
        Assert.That(async () => await store.ListAsync("scans/"), Refused("scans"));
        foreach (var (path, link) in new[] { ("chain/2.json", "chain/2.json"), ("chain/3.json", "chain/3.json"), ("scans/secret.json", "scans"), ("chain/up/chain/1.json", "chain/up") })
        {
            Assert.That(async () => await store.ReadAsync(path), Refused(link));
            Assert.That(async () => await store.CreateAsync(path), Refused(link));
        }

        Assert.That(Directory.EnumerateFileSystemEntries(outside), Has.Exactly(1).Items);

        Constraint Refused(string link) => Throws.TypeOf<EvidenceException>().With.Message.StartsWith(Path.Combine(root, link) + " is a symbolic link (to ");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "there a link needs a privilege")]
    public async Task The_root_may_be_one()
    {
        Directory.CreateDirectory(Path.Combine(_place.Folder, "disk"));
        Directory.CreateSymbolicLink(Path.Combine(_place.Folder, "evidence"), "disk");
        await _place.Open("evidence").CreateAsync("chain/1.json", "one");
        Assert.That(await _place.Open("evidence").ReadAsync("chain/1.json"), Is.EqualTo("one"));
        Assert.That(await _place.Open("evidence").ListAsync(), Is.EqualTo(new[] { "chain/1.json" }));
    }

    [Test]
    public void A_retention_is_refused() => Assert.That(
        () => _place.Open("evidence", new EvidenceRetention(TimeSpan.FromDays(1), "COMPLIANCE")),
        Throws.TypeOf<SettingsException>().With.Message.Contains("a retention needs s3://bucket/prefix"));

    /// <summary>A source of bytes that fails in the middle.</summary>
    private sealed class Crashing : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            destination.WriteByte(1);
            throw new InvalidOperationException("crash");
        }
    }
}
