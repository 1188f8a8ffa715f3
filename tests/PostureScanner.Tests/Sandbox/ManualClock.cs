namespace PostureScanner.Tests.Sandbox;

sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    public override DateTimeOffset GetUtcNow() => Now;

    public void Pass(TimeSpan span) => Now += span;
}
