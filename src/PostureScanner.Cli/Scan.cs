using System.Security.Cryptography;
using PostureScanner.Aws;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Cli;

/// <summary>One scan, with its progress on stderr.</summary>
internal static class Scan
{
    /// <param name="cancelled">Ctrl-C: reading stops, and what was read is reported as an incomplete scan.</param>
    public static async Task<Report> RunAsync(
        Terminal terminal, AwsSettings settings, PolicySet policies, TimeSpan timeLimit, string? only, CancellationToken cancelled)
    {
        using var limit = new CancellationTokenSource(timeLimit, terminal.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled, limit.Token);
        var calls = new CallTally();
        using var composition = await AwsComposition.ConnectAsync(settings, calls, terminal.Clock, stop.Token);
        var scanner = new Scanner(composition.Sources, calls, terminal.Clock);
        var order = new ScanOrder(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), CommandLine.Version, policies, only);
        var report = await ProgressBar.RunAsync(terminal, "reading", progress => scanner.ScanAsync(order, progress, stop.Token));
        if (stop.IsCancellationRequested)
            await terminal.Error.WriteLineAsync(cancelled.IsCancellationRequested ? "posture: stopped; this is what was read until then" : "posture: out of time; this is what was read until then");
        return report;
    }
}
