using Amazon.Lambda.Core;
using PostureScanner.Aws;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Lambda;

/// <summary>The handler: one event, one run.</summary>
internal sealed class Function(FunctionSettings settings, FunctionLog log, TimeProvider clock)
{
    /// <exception cref="RunFailedException">Something was not done that should have been; its message holds the summary.</exception>
    /// <exception cref="SettingsException">No run can begin with this event.</exception>
    /// <exception cref="TimeoutException">No run could begin in time.</exception>
    public async Task<RunSummary> HandleAsync(ScheduleEvent? input, ILambdaContext context)
    {
        // The event null says as much as {}.
        input ??= new ScheduleEvent();
        var deadline = Deadline.In(TimeLeft.ForEverything(context.RemainingTime), clock);
        using var outOfTime = new CancellationTokenSource(TimeLeft.ForReading(context.RemainingTime, settings.TimeLimit), clock);
        using var run = await OpenAsync(settings.For(input), outOfTime.Token);
        var summary = run.EarlierScanId is { } earlier
            ? await RepeatAsync(run, earlier, input, context.AwsRequestId, deadline)
            : await ScanAsync(run, input, context.AwsRequestId, deadline, outOfTime.Token);
        if (summary.Problems.Count == 0)
            return summary;
        throw new RunFailedException(summary);
    }

    private async Task<ScanRun> OpenAsync(RunSettings run, CancellationToken outOfTime)
    {
        try
        {
            return await ScanRun.OpenAsync(run, settings.Policies, clock, outOfTime);
        }
        catch (OperationCanceledException exception) when (outOfTime.IsCancellationRequested)
        {
            throw new TimeoutException("out of time before anything was read: the state, the secret or the signing key does not answer", exception);
        }
    }

    private async Task<RunSummary> ScanAsync(ScanRun run, ScheduleEvent input, string requestId, Deadline deadline, CancellationToken outOfTime)
    {
        var report = await run.ScanAsync(only: null, progress: null, outOfTime);
        // Taken now: what time runs out later has all been read.
        var isOutOfTime = outOfTime.IsCancellationRequested;
        var end = await run.FinishAsync(report, deadline);
        foreach (var notice in report.Notices)
            log.Information(requestId, notice);
        var summary = RunSummary.Of(report, end, input.Moment, [.. Problems(run, report, isOutOfTime), .. Left(end)]);
        Say(requestId, end, summary, "scan finished");
        return summary;
    }

    private async Task<RunSummary> RepeatAsync(ScanRun run, string earlier, ScheduleEvent input, string requestId, Deadline deadline)
    {
        var end = await run.FinishAgainAsync(deadline);
        var summary = RunSummary.AlreadyDoneBy(earlier, end, input.Moment, [.. Left(end)]);
        Say(requestId, end, summary, "already done");
        return summary;
    }

    private static IEnumerable<string> Problems(ScanRun run, Report report, bool isOutOfTime)
    {
        if (run.Problem is { } problem)
            yield return problem;
        if (isOutOfTime)
            yield return "out of time: what was not read is unknown";
        foreach (var listing in report.Listings.Where(l => !l.Complete))
            yield return $"{listing.Target} {listing.Kind} is not listed: {listing.Problem}";
    }

    private static IEnumerable<string> Left(RunEnd end) => end.IsWhole ? [] : end.Problems;

    private void Say(string requestId, RunEnd end, RunSummary summary, string message)
    {
        foreach (var sentence in end.Sentences)
        {
            if (end.IsWhole)
                log.Information(requestId, sentence);
            else
                log.Warning(requestId, sentence);
        }

        if (summary.Problems.Count == 0)
            log.Information(requestId, message, summary);
        else
            log.Error(requestId, message, summary);
    }
}
