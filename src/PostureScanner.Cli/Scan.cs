using System.Security.Cryptography;
using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Cli;

/// <summary>One scan, with its progress on stderr.</summary>
internal static class Scan
{
    /// <param name="record">Given every sheet as it is read; null where nobody keeps them.</param>
    /// <param name="cancelled">Ctrl-C: reading stops, and what was read is reported as an incomplete scan.</param>
    public static async Task<Report> RunAsync(
        Terminal terminal, AwsSettings settings, PolicySet policies, TimeSpan timeLimit, string? only, Action<Sheet>? record, CancellationToken cancelled)
    {
        using var limit = new CancellationTokenSource(timeLimit, terminal.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled, limit.Token);
        var calls = new CallTally();
        using var composition = await AwsComposition.ConnectAsync(settings, calls, terminal.Clock, stop.Token);
        var scanner = new Scanner(composition.Sources, calls, composition.Clock);
        var order = new ScanOrder(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), CommandLine.Version, policies, only, record);
        var report = await ProgressBar.RunAsync(terminal, "reading", p => $"asked about {p.Asked} of {p.Listed} resources", progress => scanner.ScanAsync(order, progress, stop.Token));
        if (stop.IsCancellationRequested)
            await terminal.Error.WriteLineAsync(cancelled.IsCancellationRequested ? "posture: stopped; this is what was read until then" : "posture: out of time; this is what was read until then");
        if (composition.Clock != terminal.Clock)
            await terminal.Error.WriteLineAsync($"posture: this machine's clock is {Durations.Format(composition.ClockSkew!.Value)} ahead of AWS's; times and ages are counted by AWS's");
        return report with { Callers = composition.Callers, ClockSkew = composition.ClockSkew };
    }
}
