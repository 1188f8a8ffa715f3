using System.Collections.Immutable;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using static PostureScanner.Tests.Drift.Scans;

namespace PostureScanner.Tests.Drift;

internal sealed class OutboxTests
{
    private static readonly ImmutableArray<Alert> News = Run(
        Scan(0, Finding(Rules.LidClosed, Verdict.Pass), Finding(Rules.LidClosed, Verdict.Pass, "box-2")),
        Scan(1, Finding(Rules.LidClosed, Verdict.Fail), Finding(Rules.LidClosed, Verdict.Fail, "box-2")))[1].Alerts;

    private static readonly Func<Alert, bool> Always = _ => true;

    private static ImmutableArray<OutboxEntry> Empty => [];

    private static ImmutableArray<OutboxEntry> Waiting => Empty.With(News, ["mail", "chat"], Always, Boxes.Now, out _);

    [Test]
    public void An_alert_waits_until_every_sink_has_taken_it()
    {
        var after = Waiting.Taken("mail", News).Taken("chat", [News[0]]);

        Assert.That(after.For("mail"), Is.Empty);
        Assert.That(after.For("chat"), Is.EqualTo(new[] { News[1] }));
        Assert.That(after.Taken("chat", News), Is.Empty);
    }

    [Test]
    public void Where_nobody_is_to_be_told_nothing_waits() => Assert.That(Empty.With(News, [], Always, Boxes.Now, out _), Is.Empty);

    [Test]
    public void New_alerts_stand_behind_older_ones()
    {
        var older = Empty.With([News[1]], ["mail"], Always, Boxes.Now, out _);
        Assert.That(older.With([News[0]], ["mail"], Always, Boxes.Now, out _).For("mail"), Is.EqualTo(new[] { News[1], News[0] }));
    }

    [TestCase(7, 0)]
    [TestCase(7.01, 2)]
    public void What_nobody_took_for_a_week_is_dropped_and_counted(double days, int dropped)
    {
        var kept = Waiting.With([], ["mail"], Always, News[0].At.AddDays(days), out var gone);
        Assert.That((gone.Length, kept.Length), Is.EqualTo((dropped, 2 - dropped)));
    }

    [Test]
    public void A_newer_reminder_takes_the_place_of_one_that_waits()
    {
        var old = News.Select(a => a with { Word = Alert.Reminder, Id = "old" }).ToList();
        var waiting = Empty.With(old, ["mail"], Always, Boxes.Now, out _).With([old[0] with { Id = "new" }], ["mail"], Always, Boxes.Now, out _);
        Assert.That(waiting.For("mail").Select(a => (a.Id, a.Resource!.Name)), Is.EqualTo(new[] { ("old", "box-2"), ("new", "box-1") }));
    }

    [Test]
    public void Nobody_is_reminded_of_what_fails_no_more()
    {
        var waiting = Empty.With([.. News.Select(a => a with { Word = Alert.Reminder })], ["mail"], Always, Boxes.Now, out _);
        Assert.That(waiting.With([], ["mail"], a => a.Resource!.Name == "box-2", Boxes.Now, out _).For("mail").Select(a => a.Resource!.Name), Is.EqualTo(new[] { "box-2" }));
        Assert.That(Waiting.With([], ["mail"], _ => false, Boxes.Now, out _), Has.Length.EqualTo(2), "what happened, happened");
    }

    [Test]
    public void It_survives_in_the_state_with_everything_else()
    {
        var result = Run(Scan(0, Finding(Rules.Policy("box-lid-closed", severity: Severity.Critical), Verdict.Fail)))[0];
        var state = result.After with { Outbox = Empty.With([.. News, .. result.Alerts], ["mail"], Always, Boxes.Now, out _), Sinks = result.After.Sinks.Add("mail", Boxes.Now) };
        using var stream = new MemoryStream();
        SnapshotJson.Write(state, stream);

        var read = SnapshotJson.Read(stream.ToArray());

        Assert.That(read.Outbox.For("mail").Select(a => a with { Regions = default }), Is.EqualTo(state.Outbox.For("mail").Select(a => a with { Regions = default })));
        Assert.That(read.Policies, Is.EqualTo(state.Policies));
        Assert.That(read.Resources["arn:box:box-1"].Findings["box-lid-closed"].Told, Is.EqualTo(Boxes.Now));
        using var again = new MemoryStream();
        SnapshotJson.Write(read, again);
        Assert.That(again.ToArray(), Is.EqualTo(stream.ToArray()));
    }
}
