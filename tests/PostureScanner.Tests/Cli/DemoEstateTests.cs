using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>A default policy that never fires, or never passes, in the demo estate has not been seen to work.</summary>
public sealed class DemoEstateTests
{
    private static readonly string[] FiresNowhere =
    [
        // Every bucket on AWS has a default encryption; the Sandbox is right not to offer one without.
        "s3-default-encryption",
    ];

    [Test]
    public async Task Every_default_policy_fires_once_and_passes_once()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Demo());
        var run = await Posture.RunAsync(sandbox, "scan", "--regions", "eu-central-1,eu-west-1", "--pace", "off", "--format", "json");
        var verdicts = run.Json["findings"]!.AsArray().Select(f => (Policy: f!["policy"]!.GetValue<string>(), Verdict: f["verdict"]!.GetValue<string>())).ToHashSet();
        var policies = run.Json["policies"]!.AsArray().Select(p => p!["policy"]!.GetValue<string>()).ToList();

        Assert.That(policies, Has.Count.EqualTo(25));
        Assert.That(policies.Where(p => !verdicts.Contains((p, "pass"))), Is.Empty, "never passes");
        Assert.That(policies.Where(p => !verdicts.Contains((p, "fail"))), Is.EqualTo(FiresNowhere), "never fires");
        Assert.That(run.Exit, Is.EqualTo(3), "one destination may not be read");
    }
}
