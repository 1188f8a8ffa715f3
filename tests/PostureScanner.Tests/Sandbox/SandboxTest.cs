using Amazon.Runtime;
using NUnit.Framework.Constraints;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

/// <summary>A sandbox of its own for each test, with a clock that stands still until it is moved.</summary>
internal abstract class SandboxTest
{
    protected SandboxServer Sandbox { get; private set; } = null!;

    protected ManualClock Clock { get; private set; } = null!;

    /// <summary>The SDK throws with a service's error code; not every code has a type.</summary>
    protected static Constraint Refused(string code) => Throws.InstanceOf<AmazonServiceException>().With.Property("ErrorCode").EqualTo(code);

    protected Estate Estate => Sandbox.Estate;

    protected virtual SandboxOptions Options => new();

    [SetUp]
    public async Task StartAsync()
    {
        Clock = new ManualClock();
        Sandbox = await SandboxServer.StartAsync(Estate.Empty(Clients.Account, Clients.Home, Clients.Away), Options with { Clock = Clock });
    }

    [TearDown]
    public async Task StopAsync() => await Sandbox.DisposeAsync();
}
