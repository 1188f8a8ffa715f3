using PostureScanner.Aws;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli;

/// <summary>One scan, with its progress on stderr.</summary>
internal static class Scan
{
    /// <param name="only">The ARN of the one resource to look at; null for all.</param>
    /// <param name="cancelled">Ctrl-C: reading stops, and what was read is reported as an incomplete scan.</param>
    public static async Task<Report> RunAsync(ScanRun run, Terminal terminal, TimeSpan timeLimit, string? only, CancellationToken cancelled)
    {
        using var limit = new CancellationTokenSource(timeLimit, terminal.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled, limit.Token);
        var report = await ProgressBar.RunAsync(
            terminal, "reading", p => $"asked about {p.Asked} of {p.Listed} resources", progress => run.ScanAsync(only, progress, stop.Token));
        if (stop.IsCancellationRequested)
            await terminal.Error.WriteLineAsync(cancelled.IsCancellationRequested ? "posture: stopped; this is what was read until then" : "posture: out of time; this is what was read until then");
        return report;
    }
}
