using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evidence;

/// <summary>A finding that other policies would have decided otherwise.</summary>
/// <param name="Recorded">Null where the recorded policies said nothing of it.</param>
/// <param name="Replayed">Null where the other policies say nothing of it.</param>
public sealed record ReplayDifference(string PolicyId, Resource Resource, Verdict? Recorded, Verdict? Replayed, string Message);

/// <param name="Findings">How many were judged.</param>
/// <param name="FirstDifference">The number of the first line that differs from what was recorded; null where every byte is the same.</param>
public sealed record ReplayResult(int Findings, int? FirstDifference, string? Recorded, string? Replayed);

/// <summary>Judges recorded facts again.</summary>
public static class EvidenceReplay
{
    /// <summary>By the recorded policies: that must give the recorded findings to the byte.</summary>
    /// <exception cref="EvidenceException">The package cannot be read, by this version or at all.</exception>
    public static async Task<ReplayResult> RunAsync(EvidencePackage package, Vocabulary vocabulary, CancellationToken cancellationToken)
    {
        var policies = await package.PoliciesAsync(vocabulary, cancellationToken);
        await using var recorded = package.LinesAsync(EvidencePackage.Findings, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var count = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer);
        await foreach (var sheet in package.SheetsAsync(vocabulary, cancellationToken))
        {
            buffer.SetLength(0);
            FindingLines.Write(Judge.Findings(policies, sheet, package.Manifest.StartedAt), json, buffer);
            hash.AppendData(buffer.GetBuffer(), 0, (int)buffer.Length);
            foreach (var line in Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                count++;
                var there = await recorded.MoveNextAsync() ? recorded.Current : null;
                if (there != line)
                    return new ReplayResult(count, count, there, line);
            }
        }

        if (await recorded.MoveNextAsync())
            return new ReplayResult(count, count + 1, recorded.Current, null);
        // The lines are the same, but line ends and bytes that are no text are not seen in them.
        return Convert.ToHexStringLower(hash.GetCurrentHash()) == await package.ContentSha256Async(EvidencePackage.Findings, cancellationToken)
            ? new ReplayResult(count, null, null, null)
            : new ReplayResult(count, 1, "the same text in other bytes", null);
    }

    /// <summary>By other policies: what they would have said. Facts that nobody read then are unknown.</summary>
    /// <exception cref="EvidenceException">The package cannot be read, by this version or at all.</exception>
    public static async Task<ImmutableArray<ReplayDifference>> CompareAsync(EvidencePackage package, PolicySet others, Vocabulary vocabulary, CancellationToken cancellationToken)
    {
        var policies = await package.PoliciesAsync(vocabulary, cancellationToken);
        var differences = ImmutableArray.CreateBuilder<ReplayDifference>();
        await foreach (var sheet in package.SheetsAsync(vocabulary, cancellationToken))
        {
            var recorded = Judge.Findings(policies, sheet, package.Manifest.StartedAt).ToDictionary(f => f.Policy.Id, StringComparer.Ordinal);
            var replayed = Judge.Findings(others, sheet, package.Manifest.StartedAt).ToDictionary(f => f.Policy.Id, StringComparer.Ordinal);
            foreach (var id in recorded.Keys.Union(replayed.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var (before, after) = (recorded.GetValueOrDefault(id), replayed.GetValueOrDefault(id));
                if (before?.Verdict != after?.Verdict)
                    differences.Add(new ReplayDifference(id, sheet.Resource, before?.Verdict, after?.Verdict, (after ?? before)!.Message));
            }
        }

        return differences.ToImmutable();
    }
}
