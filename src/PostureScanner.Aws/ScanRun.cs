using System.Collections.Immutable;
using System.Security.Cryptography;
using PostureScanner.Aws.Sinks;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;
using PostureScanner.Core.Reporting.Metrics;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws;

/// <summary>One run from its settings to its last word: scan, evidence, state, alerts, metrics. The same for every host.</summary>
public sealed class ScanRun : IDisposable
{
    private readonly RunSettings _settings;
    private readonly PolicySet _policies;
    private readonly TimeProvider _clock;
    private readonly ImmutableArray<IDisposable> _opened;
    private readonly CloudWatchMetrics? _metrics;
    private readonly Recording? _recording;
    private readonly Watch _watch;
    private readonly string? _mute;

    private ScanRun(RunSettings settings, PolicySet policies, TimeProvider clock, CloudWatchMetrics? metrics, Recording? recording, Watch watch, string? mute, ImmutableArray<IDisposable> opened)
    {
        _settings = settings;
        _policies = policies;
        _clock = clock;
        _metrics = metrics;
        _recording = recording;
        _watch = watch;
        _mute = mute;
        _opened = opened;
    }

    /// <summary>Why the last state cannot be used; null where it can.</summary>
    public string? Problem => _watch.Problem;

    /// <summary>The scan that was made for the same scheduled moment already; null where none was. Then only its outbox is left to do. Events that name targets may share a moment, and none of them is another's.</summary>
    public string? EarlierScanId => _settings.Aws.Only.IsEmpty && _settings.ScheduledTime is { } moment && _watch.Last is { } last && last.ScheduledTime == moment ? last.ScanId : null;

    /// <summary>Opens everything before anything is scanned: what cannot work is known at once.</summary>
    /// <exception cref="SettingsException">A setting that cannot be used.</exception>
    public static async Task<ScanRun> OpenAsync(RunSettings settings, PolicySet policies, TimeProvider clock, CancellationToken cancellationToken)
    {
        var opened = ImmutableArray.CreateBuilder<IDisposable>();
        var sinks = ImmutableArray.CreateBuilder<ISink>();
        if (settings.TopicArn is { } topic)
            sinks.Add(Opened(SnsSink.Open(topic, settings.Aws, clock)));
        if (settings.SlackWebhook is { } webhook)
            sinks.Add(Opened(SlackSink.Open(webhook, settings.Aws.Patience, clock)));
        var bySecret = settings.SlackSecretArn is { } secret ? Opened(await SlackBySecret.OpenAsync(secret, settings.Aws, clock, cancellationToken)) : null;
        if (bySecret is not null)
            sinks.Add(bySecret);
        if (settings.State is null && sinks.Count > 0)
            throw new SettingsException("alerts tell what changed since the last scan: give a state, too (--state)");
        var metrics = settings.MetricNamespace is { } name ? Opened(CloudWatchMetrics.Open(name, settings.Aws)) : null;
        var recording = await RecordingAsync(settings, clock, cancellationToken);
        if (recording is not null)
            opened.Add(recording);
        var store = settings.State is { } place ? SnapshotStores.Open(place, settings.Folder, settings.Aws, clock) : null;
        var watch = await Watch.OpenAsync(store, sinks.ToImmutable(), settings.Rules, AwsComposition.Vocabulary, cancellationToken);
        return new ScanRun(settings, policies, clock, metrics, recording, watch, bySecret?.Problem, opened.ToImmutable());

        T Opened<T>(T something)
            where T : IDisposable
        {
            opened.Add(something);
            return something;
        }
    }

    /// <param name="only">The ARN of the one resource to look at; null for all.</param>
    /// <param name="stopReading">When signalled, what has not been read becomes Unknown and the report is made of what there is.</param>
    public async Task<Report> ScanAsync(string? only, IProgress<ScanProgress>? progress, CancellationToken stopReading)
    {
        var calls = new CallTally();
        using var composition = await AwsComposition.ConnectAsync(_settings.Aws, calls, _clock, stopReading);
        var order = new ScanOrder(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), _settings.ToolVersion, _policies, only, _recording is null ? null : _recording.Add);
        var report = await new Scanner(composition.Sources, calls, composition.Clock).ScanAsync(order, progress, stopReading);
        if (composition.Clock != _clock)
            report = report with { Notices = report.Notices.Add($"this machine's clock is {Durations.Format(composition.ClockSkew!.Value)} ahead of AWS's; times and ages are counted by AWS's") };
        return _watch.Compare(report with { Callers = composition.Callers, ClockSkew = composition.ClockSkew }, _policies);
    }

    /// <summary>Keeps the evidence, saves the state, tells what changed, publishes the metrics: in this order, and each as far as it goes.</summary>
    /// <remarks>What is silent until its share of the time is over is said, and does not keep the rest from being done.</remarks>
    public async Task<RunEnd> FinishAsync(Report report, Deadline deadline)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        using var recording = deadline.Half();
        var kept = _recording is null ? RecordingOutcome.None : await _recording.FinishAsync(report, _policies, recording.Token);
        sentences.AddRange(((string?[])[kept.Problem, kept.Gap]).OfType<string>());
        var aftermath = await _watch.FinishAsync(report, kept.Evidence, _settings.ScheduledTime, deadline);
        AddTo(sentences, aftermath);
        var isSaved = aftermath.IsSaved && kept.Problem is null;
        // A scanner that was faster has published this hour's metrics already.
        var isPublished = _metrics is null || aftermath.IsOutrun || await PublishAsync(_metrics, report, new RunOutcome(aftermath.OutboxDepth, isSaved), sentences, deadline);
        return new RunEnd(isSaved && isPublished && aftermath.IsTold && _mute is null, aftermath.OutboxDepth, kept, sentences.ToImmutable());
    }

    /// <summary>Tells what an earlier run for the same moment could not, without a scan.</summary>
    public async Task<RunEnd> FinishAgainAsync(Deadline deadline)
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        var aftermath = await _watch.EmptyOutboxAsync(deadline);
        AddTo(sentences, aftermath);
        return new RunEnd(aftermath.IsSaved && aftermath.IsTold && _mute is null, aftermath.OutboxDepth, RecordingOutcome.None, sentences.ToImmutable());
    }

    public void Dispose()
    {
        foreach (var something in _opened)
            something.Dispose();
    }

    // A sink that cannot be reached is said once, whether or not there was something to tell it.
    private void AddTo(ImmutableArray<string>.Builder sentences, Aftermath aftermath) =>
        sentences.AddRange(aftermath.Sentences.Concat(((string?[])[_mute]).OfType<string>()).Distinct(StringComparer.Ordinal));

    private async Task<bool> PublishAsync(CloudWatchMetrics metrics, Report report, RunOutcome outcome, ImmutableArray<string>.Builder sentences, Deadline deadline)
    {
        using var publishing = deadline.Rest();
        try
        {
            await metrics.PublishAsync(ScanMetrics.Of(report, AwsComposition.Vocabulary, _settings.Metrics, outcome), report.StartedAt, publishing.Token);
            return true;
        }
        catch (SinkException exception)
        {
            sentences.Add(exception.Message);
            return false;
        }
    }

    private static async Task<Recording?> RecordingAsync(RunSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (settings.Evidence is not { } place)
            return null;
        var store = EvidenceStores.Open(place, settings.Folder, settings.Aws, settings.Retention, clock);
        try
        {
            var signer = settings.SignKey is { } key ? await SigningKeys.OpenAsync(key, settings.Folder, settings.Aws, cancellationToken) : null;
            return new Recording(store, signer, settings.Recorded);
        }
        catch (EvidenceException exception)
        {
            // A scan whose evidence cannot be signed is worth making all the same.
            return new Recording(store, exception, settings.Recorded);
        }
    }
}

/// <summary>How a run ended after its report was made.</summary>
/// <param name="IsWhole">Evidence kept, state saved, everybody told, metrics published: whatever of it was asked for.</param>
/// <param name="OutboxDepth">Alerts that some sink has not taken.</param>
/// <param name="Problems">What went wrong or was left undone, as sentences; where the run is whole, what is worth knowing all the same.</param>
public sealed record RunEnd(bool IsWhole, int OutboxDepth, RecordingOutcome Evidence, ImmutableArray<string> Problems)
{
    /// <summary>What happened and what did not, for people: where the evidence stands, with the head of its chain, so that a copy of it lies in the log.</summary>
    public ImmutableArray<string> Sentences => Evidence.Evidence is { } kept ? [$"evidence {kept}", .. Problems] : Problems;
}
