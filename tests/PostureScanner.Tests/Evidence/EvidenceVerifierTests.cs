using System.Text;
using PostureScanner.Core.Evidence;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Evidence;

/// <summary>Whatever is done to evidence, verification names it.</summary>
internal sealed class EvidenceVerifierTests
{
    private const int Scans = 4;

    private MemoryEvidenceStore _store = null!;
    private ChainHead _head = null!;

    [SetUp]
    public async Task Record()
    {
        _store = new MemoryEvidenceStore();
        for (var hour = 0; hour < Scans; hour++)
            _head = await _store.ScanAsync(hour);
    }

    [Test]
    public async Task What_nobody_touched_is_well()
    {
        var found = await VerifyAsync();
        Assert.That(found.Problems, Is.Empty);
        Assert.That((found.Links, found.Head, found.Incomplete.Length, found.Missing.Length), Is.EqualTo((Scans, _head, 0, 0)));
        Assert.That((found.First, found.Last), Is.EqualTo(((DateTimeOffset?)Boxes.Now, (DateTimeOffset?)Boxes.Now.AddHours(Scans - 1))));
        Assert.That(found.Files, Is.EqualTo(Scans * 5));
    }

    [Test]
    public async Task A_flipped_bit_in_any_byte_of_any_file_is_named()
    {
        // The newest link is covered by nothing but a signature, or a head that was noted.
        foreach (var (path, bytes) in _store.Files.Where(f => (f.Key.StartsWith("chain/", StringComparison.Ordinal) && f.Key != ChainLink.PathOf(Scans)) || f.Key.Contains("/20260615T120000Z-", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 1;
                var found = await VerifyAsync();
                bytes[i] ^= 1;
                Assert.That(found.Problems.Select(p => p.Path), Has.Some.EqualTo(path).Or.Some.EqualTo(Next(path)), $"byte {i} of {path}");
            }
        }
    }

    [Test]
    public async Task A_flipped_bit_in_the_newest_link_is_found_with_the_head_that_was_noted()
    {
        var path = ChainLink.PathOf(Scans);
        for (var i = 0; i < _store.Files[path].Length; i++)
        {
            _store.Files[path][i] ^= 1;
            var found = await VerifyAsync(new VerifyOrder(Head: _head));
            _store.Files[path][i] ^= 1;
            Assert.That(found.Problems, Is.Not.Empty, $"byte {i}");
        }
    }

    [Test]
    public async Task A_removed_file_is_named()
    {
        foreach (var path in _store.Files.Keys.Where(p => p != ChainLink.PathOf(Scans)).ToList())
        {
            _store.Files.Remove(path, out var bytes);
            var found = await VerifyAsync();
            _store.Files[path] = bytes!;
            Assert.That(found.Problems.Select(p => p.Path), Has.Some.EqualTo(path), path);
        }
    }

    [Test]
    public async Task A_removed_package_is_named()
    {
        Remove("20260615T130000Z");
        Assert.That(Messages(await VerifyAsync()), Has.Some.Contains("is missing, and with it its package; chain/0000000002.json names it"));
    }

    [Test]
    public async Task Removal_of_the_newest_leaves_an_orphan_and_is_found_with_the_head()
    {
        _store.Files.Remove(ChainLink.PathOf(Scans), out _);
        Assert.That(Messages(await VerifyAsync()), Has.Some.Contains("is an orphan: no link of the chain names it"));

        Remove("20260615T150000Z");
        Assert.That((await VerifyAsync()).Problems, Is.Empty, "without the head nobody can know");
        Assert.That(Messages(await VerifyAsync(new VerifyOrder(Head: _head))), Is.EqualTo(new[] { "chain/0000000004.json was noted as head and is missing: the chain ends at 3" }));
    }

    [TestCase("findings.jsonl.gz")]
    [TestCase("manifest.json")]
    public async Task A_file_that_nobody_may_read_is_named_and_hides_nothing_else(string name)
    {
        _store.Refused = $"{Folder("20260615T120000Z")}{name}";
        _store.Files["notes.txt"] = [1];
        Assert.That(Messages(await VerifyAsync()), Is.EqualTo(new[] { "notes.txt does not belong here", $"{_store.Refused} is a link" }));
    }

    [Test]
    public async Task An_inserted_package_a_stray_file_and_an_added_file_are_named()
    {
        var other = new MemoryEvidenceStore();
        await other.ScanAsync(9);
        foreach (var (path, bytes) in other.Files.Where(f => f.Key.StartsWith("scans/", StringComparison.Ordinal)))
            _store.Files[path] = bytes;
        _store.Files["notes.txt"] = [1];
        _store.Files["chain/0000000001.json.bak"] = [1];
        _store.Files[$"{Folder("20260615T120000Z")}extra.csv"] = [1];

        var messages = Messages(await VerifyAsync());

        Assert.That(messages, Has.Some.Match("scans/.*210000Z-.*manifest.json is an orphan"));
        Assert.That(messages, Has.Some.EqualTo("notes.txt does not belong here"));
        Assert.That(messages, Has.Some.StartsWith("chain/0000000001.json.bak is no link"));
        Assert.That(messages, Has.Some.EndsWith("extra.csv was added: its manifest does not name it"));
    }

    [Test]
    public async Task Swapped_links_and_swapped_packages_are_named()
    {
        Swap(ChainLink.PathOf(2), ChainLink.PathOf(3));
        Assert.That((await VerifyAsync()).Problems.Select(p => p.Path), Is.SupersetOf(new[] { ChainLink.PathOf(2), ChainLink.PathOf(3) }));
        Swap(ChainLink.PathOf(2), ChainLink.PathOf(3));

        var (one, two) = (Folder("20260615T120000Z"), Folder("20260615T130000Z"));
        foreach (var name in _store.Files.Keys.Where(k => k.StartsWith(one, StringComparison.Ordinal)).Select(k => k[one.Length..]).ToList())
            Swap(one + name, two + name);
        Assert.That((await VerifyAsync()).Problems.Select(p => p.Path), Is.SupersetOf(new[] { one + "manifest.json", two + "manifest.json" }));
    }

    [Test]
    public async Task A_fork_is_named()
    {
        var link = ChainLink.Read(_store.Files[ChainLink.PathOf(3)]);
        _store.Files[ChainLink.PathOf(3)] = (link with { PreviousSha256 = ChainLink.Hash(_store.Files[ChainLink.PathOf(1)]) }).Bytes;
        Assert.That(Messages(await VerifyAsync()), Has.Some.StartsWith("chain/0000000003.json follows another link than the one before it"));
    }

    [Test]
    public async Task A_package_named_twice_is_named()
    {
        using var link = new MemoryStream(new ChainLink(Scans + 1, ChainLink.Read(_store.Files[ChainLink.PathOf(1)]).Manifest, "0", _head.Sha256).Bytes);
        await _store.CreateAsync(ChainLink.PathOf(Scans + 1), link, default);
        Assert.That(Messages(await VerifyAsync()), Has.Some.Contains("names a package that an earlier link names already"));
    }

    [Test]
    public async Task A_whole_that_was_written_anew_is_found_by_the_signature()
    {
        var (signer, check) = Recorded.Key();
        var signed = new MemoryEvidenceStore();
        await signed.ScanAsync(0, signer: signer);
        await signed.ScanAsync(1, signer: signer);
        var good = await EvidenceVerifier.VerifyAsync(signed, new VerifyOrder(check), null, default);
        Assert.That((good.Problems.Length, good.Signed), Is.EqualTo((0, 2)));

        var forged = new MemoryEvidenceStore();
        await forged.ScanAsync(0, [Boxes.Sheet(("lid.closed", true))], Recorded.Key().Signer);
        await forged.ScanAsync(1, [Boxes.Sheet(("lid.closed", true))]);
        Assert.That((await EvidenceVerifier.VerifyAsync(forged, new VerifyOrder(), null, default)).Problems, Is.Empty, "consistent in itself");
        Assert.That(
            Messages(await EvidenceVerifier.VerifyAsync(forged, new VerifyOrder(check), null, default)),
            Is.EqualTo(new[] { "chain/0000000001.json has no valid signature of the test's key", "chain/0000000002.json is not signed" }));
    }

    [Test]
    public async Task A_crash_while_writing_leaves_nothing_that_the_chain_refers_to()
    {
        for (var after = 1; after <= 6; after++)
        {
            await Record();
            _store.KilledAfter = _store.Writes + after;
            Assert.That(async () => await _store.ScanAsync(7), Throws.InvalidOperationException);
            _store.KilledAfter = null;
            var found = await VerifyAsync();

            // Files 1 to 4 are the package's, 5 is its manifest, 6 is the link.
            Assert.That(found.Links, Is.EqualTo(after < 6 ? Scans : Scans + 1), $"after write {after}");
            Assert.That(found.Incomplete, Has.Length.EqualTo(after < 5 ? 1 : 0), $"after write {after}");
            Assert.That(found.Problems.Select(p => p.Message), after == 5 ? Is.EqualTo(new[] { "is an orphan: no link of the chain names it" }) : Is.Empty, $"after write {after}");
            Assert.That(await _store.ScanAsync(8), Is.Not.Null);
        }
    }

    [Test]
    public async Task Two_scanners_writing_at_once_make_two_links_and_no_fork()
    {
        await Task.WhenAll(Enumerable.Range(10, 8).Select(hour => Task.Run(() => _store.ScanAsync(hour))));
        var found = await VerifyAsync();
        Assert.That((found.Problems.Length, found.Links), Is.EqualTo((0, Scans + 8)));
    }

    [Test]
    public async Task What_the_newest_link_says_of_its_signature_is_signed_too()
    {
        var (signer, check) = Recorded.Key();
        await _store.ScanAsync(4, signer: signer);
        var path = ChainLink.PathOf(Scans + 1);
        var link = ChainLink.Read(_store.Files[path]);
        _store.Files[path] = (link with { Signature = link.Signature! with { KeyId = "another" } }).Bytes;
        Assert.That(Messages(await VerifyAsync(new VerifyOrder(check))), Has.Some.EqualTo($"{path} has no valid signature of the test's key"));
    }

    [TestCase("manifest", "null")]
    [TestCase("sequence", "\"2\"")]
    [TestCase("schema", "\"posture-chain/v9\"")]
    public async Task A_link_that_is_none_is_named_and_the_rest_is_verified(string member, string value)
    {
        var path = ChainLink.PathOf(2);
        var text = Encoding.UTF8.GetString(_store.Files[path]);
        _store.Files[path] = Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(text, $"\"{member}\": [^,]*,", $"\"{member}\": {value},", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var found = await VerifyAsync();
        Assert.That(Messages(found), Has.Some.StartsWith($"{path} is no link: "));
        Assert.That(found.Head!.Sequence, Is.EqualTo(Scans));
    }

    [Test]
    public async Task A_link_with_a_number_that_none_has_is_named_and_one_with_the_last_says_why_nothing_follows()
    {
        _store.Files["chain/0000000000.json"] = _store.Files[ChainLink.PathOf(1)];
        Assert.That(Messages(await VerifyAsync()), Is.EqualTo(new[] { "chain/0000000000.json is no link, and does not belong here" }));
        _store.Files["chain/9999999999.json"] = _store.Files[ChainLink.PathOf(1)];
        Assert.That(async () => await _store.ScanAsync(9), Throws.TypeOf<EvidenceException>().With.Message.Contains("chain/9999999999.json has the last number a link can have"));
    }

    [Test]
    public async Task Scans_that_are_missing_at_the_end_are_listed_up_to_now() =>
        Assert.That((await VerifyAsync(new VerifyOrder(Schedule: TimeSpan.FromHours(1), Until: Boxes.Now.AddHours(5.7)))).Missing, Is.EqualTo(new[] { Boxes.Now.AddHours(4), Boxes.Now.AddHours(5) }));

    [Test]
    public async Task Hours_without_a_scan_are_listed()
    {
        await _store.ScanAsync(7);
        Assert.That((await VerifyAsync(new VerifyOrder(Schedule: TimeSpan.FromHours(1)))).Missing, Is.EqualTo(new[] { Boxes.Now.AddHours(4), Boxes.Now.AddHours(5), Boxes.Now.AddHours(6) }));
    }

    [Test]
    public async Task A_link_is_written_down_so_that_anybody_can_check_its_signature()
    {
        var link = ChainLink.Read(_store.Files[ChainLink.PathOf(2)]);
        Assert.That(Encoding.UTF8.GetString(link.SignedBytes("algorithm", "key")), Is.EqualTo($"posture-chain/v1\n2\n{link.Manifest}\n{link.ManifestSha256}\n{link.PreviousSha256}\nalgorithm\nkey\n"));
        await Task.CompletedTask;
    }

    private Task<Verification> VerifyAsync(VerifyOrder? order = null) => EvidenceVerifier.VerifyAsync(_store, order ?? new VerifyOrder(), null, default);

    private static string[] Messages(Verification found) => [.. found.Problems.Select(p => $"{p.Path} {p.Message}")];

    private static string? Next(string path) => path.StartsWith("chain/", StringComparison.Ordinal) ? ChainLink.PathOf(int.Parse(path[6..16], null) + 1) : null;

    private string Folder(string time) => _store.Files.Keys.First(k => k.Contains(time, StringComparison.Ordinal)) is var key ? key[..(key.LastIndexOf('/') + 1)] : "";

    private void Remove(string time)
    {
        foreach (var path in _store.Files.Keys.Where(k => k.Contains(time, StringComparison.Ordinal)).ToList())
            _store.Files.Remove(path, out _);
    }

    private void Swap(string one, string two) => (_store.Files[one], _store.Files[two]) = (_store.Files[two], _store.Files[one]);
}
