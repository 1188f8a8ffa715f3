using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evidence;

/// <summary>
/// Writes the evidence of one scan. Sheets are taken as they are read; the package is put together on the local disk and stored when it is
/// whole, its manifest last, and only then linked. What the chain refers to is therefore complete, whatever crashes.
/// </summary>
public sealed class EvidenceWriter : IDisposable
{
    // Made when it is needed: a disk that is full must not keep anybody from scanning.
    private readonly Lazy<string> _made = new(() => Directory.CreateTempSubdirectory("posture-evidence-").FullName, isThreadSafe: false);
    private SheetSpool? _spool;

    private string Local => _made.Value;

    private SheetSpool Spool => _spool ??= new SheetSpool(Local);

    /// <exception cref="IOException">The local disk does not take it.</exception>
    public void Add(Sheet sheet) => Spool.Add(sheet);

    /// <param name="draft">The manifest without its files.</param>
    /// <param name="known">A link of the chain that is known already; null to look from the beginning.</param>
    /// <param name="settings">How the scan was told to work, as JSON without secrets.</param>
    /// <param name="reports">Files for people, by name.</param>
    /// <exception cref="EvidenceException">It could not be stored or linked; what is stored already is no part of the chain.</exception>
    public async Task<ChainHead> WriteAsync(
        IEvidenceStore store, Manifest draft, PolicySet policies, string settings, IEnumerable<(string Name, Action<Stream> Write)> reports, Signer? signer, ChainHead? known, CancellationToken cancellationToken)
    {
        var (facts, findings) = WriteFactsAndFindings(policies, draft.StartedAt, cancellationToken);
        ImmutableArray<FileEntry> files =
        [
            facts,
            findings,
            PackageFile.Write(Local, EvidencePackage.Policies, output => RecordedPolicies.Write(policies, settings, output)),
            .. reports.Select(r => PackageFile.Write(Local, r.Name, r.Write)),
        ];
        var manifest = draft with { Files = [.. files.OrderBy(f => f.Name, StringComparer.Ordinal)] };
        foreach (var file in manifest.Files)
        {
            await using var content = File.OpenRead(Path.Combine(Local, file.Name));
            await StoreAsync(manifest.Folder + file.Name, content);
        }

        var bytes = ManifestJson.Write(manifest);
        using var last = new MemoryStream(bytes, writable: false);
        await StoreAsync(manifest.Path, last);
        return await Chain.AppendAsync(store, manifest.Path, ChainLink.Hash(bytes), signer, known, cancellationToken);

        async Task StoreAsync(string path, Stream content)
        {
            if (!await store.CreateAsync(path, content, cancellationToken))
                throw new EvidenceException($"{store.Place}/{path} exists already; evidence is never overwritten");
        }
    }

    public void Dispose()
    {
        _spool?.Dispose();
        if (_made.IsValueCreated)
            Directory.Delete(Local, recursive: true);
    }

    /// <summary>The findings are judged from the facts as they were written: so they follow from the file and from nothing else.</summary>
    private (FileEntry Facts, FileEntry Findings) WriteFactsAndFindings(PolicySet policies, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        FileEntry? findings = null;
        var facts = PackageFile.Write(Local, EvidencePackage.Facts, factsOut =>
            findings = PackageFile.Write(Local, EvidencePackage.Findings, findingsOut =>
            {
                var tables = policies.Policies.Select(p => p.Table).DistinctBy(t => t.Kind, StringComparer.Ordinal).ToDictionary(t => t.Kind, StringComparer.Ordinal);
                using var json = new Utf8JsonWriter(findingsOut);
                foreach (var block in Spool.Sorted())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    factsOut.Write(block);
                    var lines = Encoding.UTF8.GetString(block).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                    FindingLines.Write(Judge.Findings(policies, FactLines.Read(lines, tables.GetValueOrDefault), startedAt), json, findingsOut);
                }
            }));
        return (facts, findings!);
    }
}
