using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>moto, an AWS emulator nobody here wrote, on a port the system chose.</summary>
internal sealed partial class MotoServer : IAsyncDisposable
{
    private readonly Process _process;

    private MotoServer(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Skips the test where moto is not installed, unless POSTURE_REQUIRE_MOTO asks for it.</summary>
    public static async Task<MotoServer> StartAsync()
    {
        if (!Program.IsOnPath("moto_server") || !Program.IsOnPath("aws"))
        {
            const string Reason = "moto_server or the AWS CLI is absent";
            if (Environment.GetEnvironmentVariable("POSTURE_REQUIRE_MOTO") == "1")
                Assert.Fail(Reason);
            Assert.Ignore(Reason);
        }

        var process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (Running().Match(line) is { Success: true } match)
            {
                // Its log must go on being read, or moto would block on a full pipe.
                _ = process.StandardError.ReadToEndAsync();
                return new MotoServer(process, new Uri(match.Groups["url"].Value));
            }
        }

        throw new InvalidOperationException("moto_server ended before it listened.");
    }

    /// <summary>What the AWS CLI prints, JSON unless asked otherwise; a command that fails fails the test.</summary>
    public async Task<string> AwsAsync(params string[] args)
    {
        // For SQS the CLI knows a common endpoint, which it prefers to the environment's.
        var run = await Program.AwsAsync(Url, [.. args, "--endpoint-url", Url.ToString().TrimEnd('/')]);
        Assert.That(run.Exit, Is.Zero, string.Join(' ', args) + run.Error);
        return run.Out;
    }

    /// <summary>The highest value of a metric of the scanner's around now; null where it has none.</summary>
    /// <param name="dimension">One beside the scanner's name.</param>
    public async Task<double?> MaximumAsync(string name, string? dimension = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        string[] dimensions = ["--dimensions", "Name=Scanner,Value=posture", .. dimension is null ? Array.Empty<string>() : [dimension]];
        var answer = await AwsAsync(
        [
            "cloudwatch", "get-metric-statistics", "--namespace", "PostureScanner", "--metric-name", name, "--statistics", "Maximum", "--period", "3600",
            "--start-time", now.AddHours(-2).ToString("s", null) + "Z", "--end-time", now.AddHours(1).ToString("s", null) + "Z", .. dimensions,
        ]);
        return JsonNode.Parse(answer)!["Datapoints"]!.AsArray().Max(d => (double?)d!["Maximum"]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex("Running on (?<url>http://[0-9.:]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Running();
}
