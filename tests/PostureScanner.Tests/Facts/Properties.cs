using FsCheck;

namespace PostureScanner.Tests.Facts;

/// <summary>How properties are checked here: always on the same samples, so that a run that fails fails again.</summary>
internal static class Properties
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260615, 0x9E3779B97F4A7C15);

    public static void Hold(this Property property, int samples = 200) => property.Check(Repeatable.WithMaxTest(samples));
}
