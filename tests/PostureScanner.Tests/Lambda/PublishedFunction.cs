using System.Diagnostics;
using PostureScanner.Tests.Architecture;

namespace PostureScanner.Tests.Lambda;

/// <summary>The function as <c>dotnet publish</c> leaves it: what is deployed, and nothing that only lies beside it where it was built.</summary>
[SetUpFixture]
public sealed class PublishedFunction
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static string? _folder;

    public static string Folder => _folder ?? throw new InvalidOperationException("The function has not been published.");

    [OneTimeSetUp]
    public async Task Publish()
    {
        _folder = Directory.CreateTempSubdirectory("posture-function-").FullName;
        // Built with the tests already, which must not be written to while they run.
        var start = new ProcessStartInfo("dotnet", ["publish", SourceTree.Path("src", "PostureScanner.Lambda"), "-c", Configuration, "--no-build", "-o", _folder, "-nodeReuse:false"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, output + await error);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }
}
