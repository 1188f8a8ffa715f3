using PostureScanner.Aws.Pacing;

namespace PostureScanner.Tests.Aws.Pacing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PacerTests
{
    private static readonly Api Backups = Of("dynamodb:DescribeContinuousBackups");
    private static readonly Api Undocumented = Of("dynamodb:DescribeTable");

    private readonly SteppedClock _clock = new();

    /// <summary>AWS documents 10 a second. Half a second's worth may go at once, the first call included.</summary>
    [TestCase(Pace.Documented, ExpectedResult = new[] { 5, 8, 8, 8 })]
    [TestCase(Pace.Full, ExpectedResult = new[] { 6, 10, 10, 10 })]
    public int[] Calls_go_at_the_documented_rate_and_a_small_burst_at_once(Pace pace)
    {
        var calls = Enter(new Pacer(pace, _clock), Backups, 100);
        return [Gone(calls), .. Enumerable.Range(0, 3).Select(_ => InTheNextSecond(calls))];
    }

    [TestCase(Pace.Off, "dynamodb:DescribeContinuousBackups")]
    [TestCase(Pace.Documented, "dynamodb:DescribeTable")]
    public void Where_no_rate_is_wanted_or_documented_nobody_waits(Pace pace, string operation) =>
        Assert.That(Gone(Enter(new Pacer(pace, _clock), Of(operation), 1000)), Is.EqualTo(1000));

    [Test]
    public void Who_comes_seldom_never_waits()
    {
        var pacer = new Pacer(Pace.Documented, _clock);
        for (var i = 0; i < 40; i++)
        {
            Assert.That(Gone(Enter(pacer, Backups, 1)), Is.EqualTo(1));
            _clock.Move(TimeSpan.FromMilliseconds(125));
        }
    }

    [Test]
    public void Every_operation_account_and_region_has_a_rate_of_its_own()
    {
        var pacer = new Pacer(Pace.Documented, _clock);
        Enter(pacer, Backups, 100);
        foreach (var other in new[] { Backups with { Account = "2" }, Backups with { Region = "2" }, Of("dynamodb:ListTagsOfResource") })
            Assert.That(Gone(Enter(pacer, other, 100)), Is.EqualTo(5), other.ToString());
    }

    [Test]
    public void A_throttle_halves_the_documented_rate_for_thirty_seconds()
    {
        var pacer = new Pacer(Pace.Documented, _clock);
        var calls = Enter(pacer, Backups, 400);
        _clock.Move(TimeSpan.FromSeconds(100));
        pacer.Throttled(Backups);
        calls = Enter(pacer, Backups, 400);
        InTheNextSecond(calls);
        Assert.That(Enumerable.Range(0, 28).Select(_ => InTheNextSecond(calls)), Is.All.EqualTo(4));
    }

    [TestCase(29, ExpectedResult = 4)]
    [TestCase(30, ExpectedResult = 8)]
    public int After_thirty_seconds_the_rate_is_restored(int seconds)
    {
        var pacer = new Pacer(Pace.Documented, _clock);
        Enter(pacer, Backups, 400);
        _clock.Move(TimeSpan.FromSeconds(100));
        pacer.Throttled(Backups);
        _clock.Move(TimeSpan.FromSeconds(seconds));
        var calls = Enter(pacer, Backups, 100);
        InTheNextSecond(calls);
        return InTheNextSecond(calls);
    }

    [Test]
    public void Where_no_rate_is_documented_a_throttle_halves_what_was_really_sent()
    {
        var pacer = new Pacer(Pace.Off, _clock);
        Enter(pacer, Undocumented, 40);
        pacer.Throttled(Undocumented);
        var calls = Enter(pacer, Undocumented, 100);
        InTheNextSecond(calls);
        Assert.That(InTheNextSecond(calls), Is.EqualTo(20));
        _clock.Move(TimeSpan.FromSeconds(30));
        Assert.That(Gone(Enter(pacer, Undocumented, 100)), Is.EqualTo(100), "thirty seconds later");
    }

    [Test]
    public void Throttles_within_a_second_are_one_message_and_later_ones_are_others()
    {
        var pacer = new Pacer(Pace.Off, _clock);
        Enter(pacer, Undocumented, 40);
        for (var i = 0; i < 10; i++)
            pacer.Throttled(Undocumented);
        Assert.That(Rate(), Is.EqualTo(20));
        pacer.Throttled(Undocumented);
        Assert.That(Rate(), Is.EqualTo(10));

        int Rate()
        {
            var calls = Enter(pacer, Undocumented, 60);
            InTheNextSecond(calls);
            var rate = InTheNextSecond(calls);
            while (Gone(calls) < 60)
                _clock.Move(TimeSpan.FromSeconds(1));
            return rate;
        }
    }

    [Test]
    public void However_often_AWS_throttles_something_goes_every_second()
    {
        var pacer = new Pacer(Pace.Off, _clock);
        Enter(pacer, Undocumented, 1);
        for (var i = 0; i < 10; i++)
        {
            pacer.Throttled(Undocumented);
            _clock.Move(TimeSpan.FromSeconds(1));
        }

        var calls = Enter(pacer, Undocumented, 10);
        var before = Gone(calls);
        _clock.Move(TimeSpan.FromSeconds(6));
        Assert.That(Gone(calls) - before, Is.EqualTo(6));
    }

    [Test]
    public void Who_waits_can_be_called_off()
    {
        using var stop = new CancellationTokenSource();
        var pacer = new Pacer(Pace.Documented, _clock);
        Enter(pacer, Backups, 10);
        var waiting = pacer.EnterAsync(Backups, stop.Token).AsTask();
        stop.Cancel();
        Assert.That(waiting.IsCanceled, Is.True);
    }

    private static Api Of(string operation) => new(operation, "1", "eu-west-1");

    private static List<Task> Enter(Pacer pacer, Api api, int count) => [.. Enumerable.Range(0, count).Select(_ => pacer.EnterAsync(api, CancellationToken.None).AsTask())];

    private static int Gone(List<Task> calls) => calls.Count(c => c.IsCompleted);

    private int InTheNextSecond(List<Task> calls)
    {
        var before = Gone(calls);
        _clock.Move(TimeSpan.FromSeconds(1));
        return Gone(calls) - before;
    }
}
