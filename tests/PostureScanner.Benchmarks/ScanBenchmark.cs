using BenchmarkDotNet.Attributes;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;
using PostureScanner.Sandbox;

namespace PostureScanner.Benchmarks;

/// <summary>Whole scans of the demo estate over HTTP, and each stage after reading by itself.</summary>
[MemoryDiagnoser]
public class ScanBenchmark
{
    private SandboxServer _sandbox = null!;
    private PolicySet _policies = null!;
    private Report _report = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _sandbox = await SandboxServer.StartAsync(Estate.Demo());
        _policies = ReadPolicies();
        _report = await ScanAsync();
    }

    [GlobalCleanup]
    public ValueTask TearDownAsync() => _sandbox.DisposeAsync();

    [Benchmark]
    public async Task<Report> ScanAsync()
    {
        var calls = new CallTally();
        var settings = new AwsSettings(["eu-central-1", "eu-west-1"], [], Pace.Off, AwsSettings.DefaultPatience, _sandbox.Url);
        using var aws = await AwsComposition.ConnectAsync(settings, calls, TimeProvider.System, CancellationToken.None);
        return await new Scanner(aws.Sources, calls, TimeProvider.System).ScanAsync(new ScanOrder("benchmark", "0", _policies));
    }

    [Benchmark]
    public PolicySet ReadPolicies()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "policies");
        return PolicyBook.Open(new PolicySources([folder], [], folder), AwsComposition.Vocabulary, DateTimeOffset.UnixEpoch, out _);
    }

    [Benchmark]
    public long WriteJson()
    {
        using var memory = new MemoryStream();
        JsonReport.Write(_report, memory);
        return memory.Length;
    }
}
