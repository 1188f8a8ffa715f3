using PostureScanner.Sandbox;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>The built program, interrupted: what was found is kept and told all the same.</summary>
[Platform(Exclude = "Win", Reason = "signals are sent by kill")]
public sealed class InterruptionTests
{
    private const string Region = "eu-west-1";

    private string _folder = null!;
    private SandboxServer _sandbox = null!;

    private string[] Scan => ["scan", "--regions", Region, "--pace", "off", "--state", "s3://state/posture", "--evidence", Path.Combine(_folder, "evidence")];

    [SetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddBucket(new BucketSpec("state") { Region = Region }));
        _sandbox.Faults.Hang("dynamodb:ListTables");
    }

    [TearDown]
    public async Task Stop()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task A_scan_that_is_told_to_end_takes_its_time_to_keep_what_it_found(string signal)
    {
        using var scan = Program.StartPosture(_sandbox.Url, Scan);
        await CallAsync("dynamodb:ListTables");
        // Longer than a patient shell, or a library, waits before it kills.
        _sandbox.Faults.Latency = TimeSpan.FromSeconds(3);
        await scan.SignalAsync(signal);
        var run = await scan.EndAsync();

        _sandbox.Faults.Latency = TimeSpan.Zero;
        _sandbox.Faults.Clear();
        var next = await Program.PostureAsync(_sandbox.Url, [.. Scan, "--format", "json"]);
        Assert.That(run.Exit, Is.EqualTo(3), run.Error);
        Assert.That(run.Error, Does.Contain("stopped; this is what was read until then").And.Contain("chain head 1:").And.Not.Contains("state"));
        Assert.That(run.Out, Does.Contain("NOT LISTED"));
        Assert.That(next.Error, Does.Contain("chain head 2:"));
    }

    [Test]
    public async Task A_second_interruption_ends_it_at_once()
    {
        _sandbox.Faults.Hang("s3:PutObject");
        using var scan = Program.StartPosture(_sandbox.Url, [.. Scan, "--patience", "10m"]);
        await CallAsync("dynamodb:ListTables");
        await scan.SignalAsync("INT");
        await CallAsync("s3:PutObject");
        await scan.SignalAsync("INT");
        Assert.That((await scan.EndAsync()).Exit, Is.EqualTo(130));
    }

    [Test]
    public async Task What_has_read_nothing_yet_ends_at_once_and_says_so()
    {
        _sandbox.Faults.Hang("s3:GetObject");
        using var scan = Program.StartPosture(_sandbox.Url, [.. Scan, "--patience", "10m"]);
        await CallAsync("s3:GetObject");
        await scan.SignalAsync("INT");
        var run = await scan.EndAsync();
        Assert.That((run.Exit, run.Out, run.Error), Is.EqualTo((3, "", "posture: stopped\n")));
    }

    [Test]
    public async Task The_sandbox_ends_when_it_is_interrupted()
    {
        using var sandbox = Program.StartPosture(_sandbox.Url, "sandbox");
        Assert.That(await sandbox.Out.ReadLineAsync(), Does.StartWith("http://127.0.0.1:"));
        await sandbox.SignalAsync("INT");
        Assert.That((await sandbox.EndAsync()).Exit, Is.Zero);
    }

    [Test]
    public async Task The_demo_ends_when_it_is_interrupted()
    {
        using var demo = Program.StartPosture(_sandbox.Url, "demo", "--out", Path.Combine(_folder, "demo"));
        Assert.That(await demo.Error.ReadLineAsync(), Is.EqualTo("posture: reading …"));
        await demo.SignalAsync("TERM");
        var run = await demo.EndAsync();
        Assert.That(run.Exit, Is.EqualTo(3), run.Error);
        Assert.That(run.Error, Does.EndWith("posture: stopped\n"));
    }

    private async Task CallAsync(string operation)
    {
        while (_sandbox.Calls.Of(operation) == 0)
            await Task.Yield();
    }
}
