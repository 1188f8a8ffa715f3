using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Evidence;

/// <summary>From recorded facts everything else follows again.</summary>
internal sealed class EvidenceReplayTests
{
    private readonly MemoryEvidenceStore _store = new();

    [Test]
    public async Task The_recorded_facts_give_the_recorded_findings_to_the_byte()
    {
        var result = await EvidenceReplay.RunAsync(await PackageAsync(), Boxes.Vocabulary, default);
        Assert.That((result.Findings, result.FirstDifference), Is.EqualTo((5, (int?)null)));
    }

    [Test]
    public async Task The_order_in_which_resources_were_read_does_not_matter()
    {
        await PackageAsync();
        var other = new MemoryEvidenceStore();
        await other.ScanAsync(0, Recorded.Sheets.Reverse());
        Assert.That(other.Files.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value), Is.EqualTo(_store.Files.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value)));
    }

    [Test]
    public async Task A_changed_fact_gives_another_finding_and_the_line_is_named()
    {
        var package = await PackageAsync();
        Rewrite("facts.jsonl.gz", text => text.Replace("\"fact\":\"lid.closed\",\"type\":\"flag\",\"state\":\"known\",\"value\":false", "\"fact\":\"lid.closed\",\"type\":\"flag\",\"state\":\"known\",\"value\":true", StringComparison.Ordinal));
        var result = await EvidenceReplay.RunAsync(package, Boxes.Vocabulary, default);
        Assert.That((result.FirstDifference, result.Recorded!.Contains("waived", StringComparison.Ordinal), result.Replayed!.Contains("\"pass\"", StringComparison.Ordinal)), Is.EqualTo(((int?)1, true, true)));
    }

    [Test]
    public async Task The_same_text_in_other_bytes_is_not_the_same()
    {
        var package = await PackageAsync();
        Rewrite("findings.jsonl.gz", text => text.ReplaceLineEndings("\r\n"));
        Assert.That((await EvidenceReplay.RunAsync(package, Boxes.Vocabulary, default)).FirstDifference, Is.Not.Null);
    }

    [Test]
    public async Task A_line_that_stands_twice_and_a_type_that_is_none_are_said()
    {
        var package = await PackageAsync();
        Rewrite("facts.jsonl.gz", text => text.Replace("\"type\":\"flag\"", "\"type\":\"flags\"", StringComparison.Ordinal));
        Assert.That(async () => await EvidenceReplay.RunAsync(package, Boxes.Vocabulary, default), Throws.TypeOf<EvidenceException>().With.Message.Contains("'flags' is no type of a fact"));
        await PackageAsync();
        Rewrite("facts.jsonl.gz", text => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Contains("lid.closed", StringComparison.Ordinal) ? $"{l}\n{l}\n" : $"{l}\n")));
        Assert.That(async () => await EvidenceReplay.RunAsync(package, Boxes.Vocabulary, default), Throws.TypeOf<EvidenceException>());
    }

    [Test]
    public async Task Other_policies_show_what_they_would_have_said()
    {
        var package = await PackageAsync();
        var stricter = Recorded.Set(("box-lid-closed.yaml", Recorded.PolicyText.Replace("equals: true } ]", "equals: true }, { fact: tags.owner, exists: true } ]", StringComparison.Ordinal)
            .Replace("lid.closed: true }, verdict: pass", "lid.closed: true, tags.owner: me }, verdict: pass", StringComparison.Ordinal)));

        var differences = await EvidenceReplay.CompareAsync(package, stricter, Boxes.Vocabulary, default);

        Assert.That(differences.Select(d => (d.Resource.Name, d.Recorded, d.Replayed)), Is.EqualTo(new[] { ("late", (Verdict?)Verdict.Pass, (Verdict?)Verdict.Unknown) }), "nobody read that tag of it");
    }

    [Test]
    public async Task Every_fact_line_carries_the_reading_its_call_its_time_and_its_request()
    {
        await PackageAsync();
        var lines = Text("facts.jsonl.gz").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        var facts = lines.Where(l => l["fact"] is not null).ToList();

        Assert.That(lines.Count - facts.Count, Is.EqualTo(5), "one line for each resource");
        Assert.That(facts.Select(f => ((JsonObject)f).Select(m => m.Key)), Is.All.SupersetOf(new[] { "arn", "fact", "state", "value", "call", "observedAt", "requestId" }));
        Assert.That(facts.Single(f => f["state"]!.GetValue<string>() == "unknown")["code"]!.GetValue<string>(), Is.EqualTo("AccessDenied"));
    }

    [Test]
    public async Task A_manifest_is_read_as_it_was_written()
    {
        var read = (await PackageAsync()).Manifest;
        Assert.That(read.Listings.Single().RequestIds, Is.EqualTo(new[] { "req-1", "req-2" }));
        Assert.That((read.Callers.Single().Arn, read.ClockSkew, read.OutOfScope.Single().Count, read.Path), Is.EqualTo(("arn:box:reader", (TimeSpan?)TimeSpan.FromSeconds(2), 2, "scans/2026/06/15/20260615T120000Z-0000000000000000/manifest.json")));
    }

    [Test]
    public async Task An_estate_of_any_size_is_written_in_the_memory_of_one_batch()
    {
        static async Task<long> PeakAsync(int count)
        {
            var store = new DiscardingStore();
            long peak = 0;
            using var writer = new EvidenceWriter();
            for (var i = 0; i < count; i++)
            {
                writer.Add(Boxes.SheetOf(Boxes.Box($"box-{(i * 7919) % count:000000}"), ("lid.closed", true), ("box.colour", new string('x', 2000))));
                if (i % 500 == 0)
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            }

            store.Seen = () => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            await writer.WriteAsync(store, Recorded.Draft(0), Recorded.Policies, "{}", [], null, null, default);
            return peak;
        }

        await PeakAsync(500);
        var small = await PeakAsync(1_000);
        var large = await PeakAsync(10_000);
        // Ten times the resources hold 20 MB more facts; what they may cost is the bookkeeping of forty files.
        Assert.That(large - small, Is.LessThan(3_000_000));
    }

    private async Task<EvidencePackage> PackageAsync()
    {
        _store.Files.Clear();
        await _store.ScanAsync(0);
        return await EvidencePackage.OpenAsync(_store, Recorded.Draft(0).Path, default);
    }

    private string Text(string name)
    {
        using var gzip = new GZipStream(new MemoryStream(_store.Files[Recorded.Draft(0).Folder + name]), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }

    private void Rewrite(string name, Func<string, string> change)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(change(Text(name))));
        _store.Files[Recorded.Draft(0).Folder + name] = memory.ToArray();
    }

    /// <summary>Keeps nothing.</summary>
    private sealed class DiscardingStore : IEvidenceStore
    {
        public Action Seen { get; set; } = () => { };

        public string Place => "nowhere";

        public Task<bool> CreateAsync(string path, Stream content, CancellationToken cancellationToken)
        {
            Seen();
            return Task.FromResult(true);
        }

        public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) => Task.FromResult<Stream?>(null);

        public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
