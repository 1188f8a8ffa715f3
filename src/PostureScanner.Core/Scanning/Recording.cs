using System.Text.Json;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Core.Scanning;

/// <summary>Keeps the evidence of one scan. Evidence that cannot be kept is said, and stops neither the state nor the alerts.</summary>
/// <param name="settings">How the scan was told to work, as JSON without secrets.</param>
public sealed class Recording(IEvidenceStore store, Signer? signer, string settings) : IDisposable
{
    private readonly EvidenceWriter _writer = new();
    private Exception? _failure;

    /// <summary>A recording that has failed before it began, and says so at its end.</summary>
    public Recording(IEvidenceStore store, EvidenceException failure, string settings)
        : this(store, signer: null, settings) => _failure = failure;

    public void Add(Sheet sheet)
    {
        try
        {
            if (_failure is null)
                _writer.Add(sheet);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failure = exception;
        }
    }

    /// <summary>Stores the package and links it.</summary>
    public async Task<RecordingOutcome> FinishAsync(Report report, PolicySet policies, CancellationToken cancellationToken)
    {
        var draft = new Manifest(
            report.ScanId,
            report.StartedAt,
            report.FinishedAt,
            report.ToolVersion,
            report.PolicyDigest,
            report.Complete,
            new VerdictCounts(report.Alert.Pass, report.Alert.Fail, report.Alert.Unknown),
            report.Callers,
            report.Listings,
            report.OutOfScope,
            report.ApiCalls,
            [.. report.Applied.Where(a => a.Applied == 0).Select(a => a.Policy.Id)],
            report.ClockSkew,
            []);
        try
        {
            if (_failure is not null)
                throw _failure;
            // A scan that ran out of time has none for a chart.
            var (history, gap) = report.Complete ? await HistoryAsync(cancellationToken) : (EvidenceHistory.None, null);
            var reports = PackageReports.Of(report, store.Place, draft.Folder, history);
            var head = await _writer.WriteAsync(store, draft, policies, settings, reports, signer, history.Head, cancellationToken);
            return new RecordingOutcome(head, $"{store.Place}/{draft.Folder}", null) { Gap = gap };
        }
        // What was recorded and cannot be read again is a mistake of ours; the state and the alerts must not pay for it.
        catch (Exception exception) when (exception is EvidenceException or IOException or UnauthorizedAccessException or FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            return new RecordingOutcome(null, null, $"the evidence of this scan is not kept: {exception.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was under way may have arrived.
            return new RecordingOutcome(null, null, "the evidence of this scan may not be kept: out of time");
        }
    }

    // A chart is worth less than the evidence it stands in.
    private async Task<(EvidenceHistory History, string? Gap)> HistoryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await EvidenceHistory.LastAsync(store, PackageReports.Charted, cancellationToken), null);
        }
        catch (EvidenceException exception)
        {
            return (EvidenceHistory.None, $"the report has no history: {exception.Message}; 'posture evidence verify' says more");
        }
    }

    public void Dispose() => _writer.Dispose();
}

/// <summary>What became of the evidence.</summary>
/// <param name="Head">The link of this scan; null where there is none.</param>
/// <param name="Package">Where the package stands.</param>
/// <param name="Problem">Why there is none, as a sentence.</param>
public sealed record RecordingOutcome(ChainHead? Head, string? Package, string? Problem)
{
    /// <summary>What is missing in the report, as a sentence; null where nothing is.</summary>
    public string? Gap { get; init; }

    /// <summary>None was to be kept.</summary>
    public static readonly RecordingOutcome None = new(null, null, null);

    /// <summary>The package and the head of the chain, for logs and alerts: so a copy of the head lies elsewhere. Null where there is none.</summary>
    public string? Evidence => Head is null ? null : $"{Package} (chain head {Head})";
}
