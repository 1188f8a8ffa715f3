using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Core.Scanning;

/// <summary>Makes reports of recorded scans, one after the other, by judging their facts again. What only the state knew, drift and since, is not in them.</summary>
public sealed class RecordedReports(IEvidenceStore store, Vocabulary vocabulary)
{
    // Policies rarely change from hour to hour, and reading them costs more than judging by them.
    private (string Digest, PolicySet Set)? _policies;

    /// <summary>The manifests of scans that began in a span, in the chain's order.</summary>
    /// <param name="from">The first moment; null for the beginning.</param>
    /// <param name="to">The first moment after; null for the end.</param>
    /// <exception cref="EvidenceException">The evidence cannot be read.</exception>
    public async IAsyncEnumerable<EvidencePackage> PackagesAsync(DateTimeOffset? from, DateTimeOffset? to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var path in EvidencePackage.AllAsync(store, cancellationToken))
        {
            var package = await EvidencePackage.OpenAsync(store, path, cancellationToken);
            if ((from is null || package.Manifest.StartedAt >= from) && (to is null || package.Manifest.StartedAt < to))
                yield return package;
        }
    }

    /// <exception cref="EvidenceException">The package cannot be read, by this version or at all.</exception>
    public async Task<Report> OfAsync(EvidencePackage package, CancellationToken cancellationToken)
    {
        var manifest = package.Manifest;
        var policies = await PoliciesAsync(package, cancellationToken);
        var notices = new Notices(policies, manifest.StartedAt);
        var findings = new List<Finding>();
        await foreach (var sheet in package.SheetsAsync(vocabulary, cancellationToken))
        {
            notices.See(sheet);
            foreach (var finding in Judge.Findings(policies, sheet, manifest.StartedAt))
            {
                notices.See(finding);
                findings.Add(finding);
            }
        }

        findings.Sort(FindingOrder.Instance);
        return new Report(
            manifest.ScanId,
            manifest.StartedAt,
            manifest.FinishedAt,
            manifest.ToolVersion,
            manifest.PolicyDigest,
            manifest.Complete,
            manifest.Listings,
            manifest.OutOfScope,
            manifest.ApiCalls,
            notices.Applied,
            [.. findings],
            notices.Sentences,
            Drift: [])
        {
            Callers = manifest.Callers,
            ClockSkew = manifest.ClockSkew,
        };
    }

    private async Task<PolicySet> PoliciesAsync(EvidencePackage package, CancellationToken cancellationToken)
    {
        var digest = package.Manifest.PolicyDigest;
        if (_policies is { } known && known.Digest == digest)
            return known.Set;
        var set = await package.PoliciesAsync(vocabulary, cancellationToken);
        _policies = (digest, set);
        return set;
    }
}
