namespace PostureScanner.Tests.Sandbox;

internal sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    public override DateTimeOffset GetUtcNow() => Now;

    public void Pass(TimeSpan span) => Now += span;
}
