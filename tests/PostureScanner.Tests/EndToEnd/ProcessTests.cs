using System.Text.Json.Nodes;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.EndToEnd;

/// <summary>The built program as a process: what only a process can show.</summary>
public sealed class ProcessTests
{
    private SandboxServer _sandbox = null!;

    [OneTimeSetUp]
    public async Task Start() => _sandbox = await SandboxServer.StartAsync(Estate.Demo());

    [OneTimeTearDown]
    public async Task Stop() => await _sandbox.DisposeAsync();

    [Test]
    public async Task A_redirected_report_has_no_colour_and_nothing_but_the_report_on_stdout()
    {
        var run = await Program.PostureAsync(_sandbox.Url, "scan", "--regions", "eu-west-1,eu-central-1", "--pace", "off", "--format", "json");
        Assert.That(JsonNode.Parse(run.Out)!["schema"]!.GetValue<string>(), Is.EqualTo("posture-report/v1"));
        Assert.That(run.Error, Does.StartWith("posture: "));
        Assert.That(run.Out + run.Error, Does.Not.Contain("\e"));
    }

    [Test]
    public async Task The_demo_runs_to_its_end_without_an_AWS_account()
    {
        var run = await Program.PostureAsync(new Uri("http://127.0.0.1:9"), "demo");
        Assert.That(run.Exit, Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("REGRESSED").And.Contain("RECOVERED").And.Contain("DISAPPEARED").And.Contain("APPEARED"));
    }

    [Test]
    public async Task The_configured_region_is_scanned_by_default()
    {
        var run = await Program.PostureAsync(_sandbox.Url, "scan", "--pace", "off", "--format", "json");
        var regions = JsonNode.Parse(run.Out)!["scan"]!["targets"]!.AsArray().Select(t => t!["region"]!.GetValue<string>()).Distinct();
        Assert.That(regions, Is.EqualTo(new[] { "us-east-1" }));
    }

    [Test]
    public async Task Explain_reads_a_resource_elsewhere_beside_the_configured_region()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: ["us-east-1", "eu-central-1"])
            .AddBucket(new BucketSpec("source") { Region = "us-east-1", Versioning = "enabled", Replication = [new ReplicationRuleSpec("copy")] })
            .AddBucket(new BucketSpec("copy") { Region = "eu-central-1", Versioning = "enabled" }));
        var run = await Program.PostureAsync(sandbox.Url, "explain", "--resource", "arn:aws:s3:::copy");
        Assert.That(run.Error, Does.Contain("it is read there"));
        Assert.That(run.Out, Does.Match("replication.is-replica +true"));
    }

    [Test]
    public async Task An_endpoint_nobody_listens_on_is_an_incomplete_scan()
    {
        var run = await Program.PostureAsync(new Uri("http://127.0.0.1:9"), "scan", "--regions", "eu-west-1", "--patience", "2s");
        Assert.That(run.Exit, Is.EqualTo(3), run.Error);
        Assert.That(run.Out, Does.Contain("NOT LISTED").And.Contain("sts:GetCallerIdentity: NoAnswer"));
    }
}
