using PostureScanner.Core.Scanning;
using PostureScanner.Tests.Aws.Pacing;

namespace PostureScanner.Tests.Scanning;

/// <summary>How the time for the end of a run is shared out.</summary>
public sealed class DeadlineTests
{
    private readonly SteppedClock _clock = new();

    [Test]
    public void Each_stage_has_half_of_what_the_ones_before_it_left_and_the_last_has_the_rest()
    {
        var deadline = Deadline.In(TimeSpan.FromSeconds(60), _clock);
        Assert.That(Seconds(deadline.Half), Is.EqualTo(30));
        Assert.That(Seconds(deadline.Half), Is.EqualTo(15));
        Assert.That(Seconds(deadline.Rest), Is.EqualTo(15));
    }

    [Test]
    public void What_a_stage_did_not_need_is_there_for_the_next()
    {
        var deadline = Deadline.In(TimeSpan.FromSeconds(60), _clock);
        _clock.Move(TimeSpan.FromSeconds(2));
        Assert.That(Seconds(deadline.Half), Is.EqualTo(29));
    }

    [Test]
    public void After_it_nothing_has_any_time()
    {
        var deadline = Deadline.In(TimeSpan.FromSeconds(1), _clock);
        _clock.Move(TimeSpan.FromSeconds(2));
        Assert.That((Seconds(deadline.Half), Seconds(deadline.Rest)), Is.EqualTo((0, 0)));
    }

    /// <summary>Lets the time pass until the stage is over.</summary>
    private int Seconds(Func<CancellationTokenSource> stage)
    {
        using var limit = stage();
        var seconds = 0;
        for (_clock.Move(TimeSpan.Zero); !limit.IsCancellationRequested; seconds++)
            _clock.Move(TimeSpan.FromSeconds(1));
        return seconds;
    }
}
