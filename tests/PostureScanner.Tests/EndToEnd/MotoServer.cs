using System.Diagnostics;
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

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex("Running on (?<url>http://[0-9.:]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Running();
}
