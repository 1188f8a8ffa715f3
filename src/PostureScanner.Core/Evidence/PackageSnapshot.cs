using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evidence;

/// <summary>Makes of a recorded scan the state it would have left, had it been the first: so that any two scans can be compared.</summary>
public static class PackageSnapshot
{
    /// <exception cref="EvidenceException">The package cannot be read, by this version or at all.</exception>
    public static async Task<Snapshot> OfAsync(EvidencePackage package, Vocabulary vocabulary, CancellationToken cancellationToken)
    {
        var manifest = package.Manifest;
        var policies = await package.PoliciesAsync(vocabulary, cancellationToken);
        var resources = ImmutableSortedDictionary.CreateBuilder<string, ResourceState>(StringComparer.Ordinal);
        await foreach (var sheet in package.SheetsAsync(vocabulary, cancellationToken))
        {
            var findings = Judge.Findings(policies, sheet, manifest.StartedAt).ToImmutableSortedDictionary(f => f.Policy.Id, f => Of(f, manifest.StartedAt), StringComparer.Ordinal);
            resources[sheet.Resource.Arn] = new ResourceState(sheet.Resource, null, ResourceReading.Of(sheet).Values, findings);
        }

        return new Snapshot(
            manifest.ScanId,
            manifest.StartedAt,
            PolicyState.Of(policies),
            PolicyState.WaiversDigest(policies),
            [.. manifest.Listings.Select(l => new TargetState(l.Target, l.Kind, Lost: !l.Complete))],
            resources.ToImmutable());
    }

    private static FindingState Of(Finding finding, DateTimeOffset startedAt) => finding.Verdict == Verdict.Unknown
        ? new FindingState(null, startedAt, 1, Held: false, [], Flapping: false)
        : new FindingState(finding.Verdict, startedAt, 0, Held: false, [], Flapping: false);
}
