using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Scanning;

/// <summary>A clock at which it is always the same time.</summary>
internal sealed class StillClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Boxes.Now;
}
