using System.Diagnostics;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>A program run as its user would run it, to its end.</summary>
internal static class Program
{
    /// <summary>The built <c>posture</c>, as a process of its own.</summary>
    public static Task<Finished> PostureAsync(Uri endpoint, params string[] args) =>
        RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "posture.dll"), .. args], endpoint);

    /// <summary>The same, begun and not yet at its end.</summary>
    public static Running StartPosture(Uri endpoint, params string[] args) => Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "posture.dll"), .. args], endpoint);

    public static Task<Finished> AwsAsync(Uri endpoint, params string[] args) => RunAsync("aws", args, endpoint);

    /// <summary>A program that asks nothing of AWS.</summary>
    public static Task<Finished> ToolAsync(string program, params string[] args) => RunAsync(program, args, new Uri("http://127.0.0.1:1"));

    public static bool IsOnPath(string name) => Find(name) is not null;

    /// <summary>Where on the PATH a program is; null where it is not.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    private static async Task<Finished> RunAsync(string program, string[] args, Uri endpoint)
    {
        using var running = Start(program, args, endpoint);
        return await running.EndAsync();
    }

    private static Running Start(string program, string[] args, Uri endpoint)
    {
        var start = new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ENDPOINT_URL"] = endpoint.ToString().TrimEnd('/');
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_DEFAULT_OUTPUT"] = "json";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        return new Running(Process.Start(start)!);
    }
}

/// <summary>A program that has not ended, or not been seen to.</summary>
internal sealed class Running(Process process) : IDisposable
{
    public TextReader Out => process.StandardOutput;

    public TextReader Error => process.StandardError;

    /// <param name="signal">As <c>kill</c> names it: INT is Ctrl-C.</param>
    public async Task SignalAsync(string signal) =>
        Assert.That((await Program.ToolAsync("sh", "-c", $"kill -{signal} {process.Id}")).Exit, Is.Zero);

    public async Task<Finished> EndAsync()
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Finished(process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}

internal sealed record Finished(int Exit, string Out, string Error);
