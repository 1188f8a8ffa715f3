using System.Collections.Immutable;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;
using PostureScanner.Core.Scanning;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Aws.Pacing;
using PostureScanner.Tests.Facts;
using PostureScanner.Tests.Policies;
using PostureScanner.Tests.Reporting;

namespace PostureScanner.Tests.Scanning;

/// <summary>Runs one after the other, with crashes, failing sinks and other scanners in between; on every kind of place for the state.</summary>
[TestFixture("folder")]
[TestFixture("s3")]
public sealed class WatchTests(string sort)
{
    private const string Region = "eu-west-1";
    private const string Bucket = "posture-state";

    private static readonly PolicySet Set = Rules.Set(Rules.Policy("box-lid-closed", severity: Severity.Critical));

    private FakeSink _mail = null!;
    private FakeSink _chat = null!;
    private string _folder = null!;
    private SandboxServer _sandbox = null!;

    private ISnapshotStore Store => SnapshotStores.Open(
        sort == "folder" ? "state" : $"s3://{Bucket}/watch", _folder, new AwsSettings([Region], [], Pace.Off, AwsSettings.DefaultPatience, _sandbox.Url), TimeProvider.System);

    [SetUp]
    public async Task Scan_once()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddBucket(new BucketSpec(Bucket) { Region = Region }));
        _mail = new FakeSink("mail");
        _chat = new FakeSink("chat");
        await RunAsync(0, closed: true);
    }

    [TearDown]
    public async Task Remove_it()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Every_sink_is_told_once_and_then_nothing_more()
    {
        var aftermath = await RunAsync(1, closed: false);
        await RunAsync(2, closed: false);

        Assert.That(aftermath, Is.EqualTo(new Aftermath(IsSaved: true, IsTold: true, IsOutrun: false, 0, aftermath.Sentences)));
        Assert.That(aftermath.Sentences, Is.Empty);
        Assert.That((_mail.Alerts.Count, _chat.Alerts.Count), Is.EqualTo((3, 3)));
        Assert.That(_mail.Alerts.Select(a => a.Word), Is.All.EqualTo("regressed"));
    }

    [Test]
    public async Task A_sink_that_fails_is_told_by_the_next_run_and_the_other_is_not_told_again()
    {
        _mail.Failing = new SinkException("the mail did not take the alert: gone");
        var failed = await RunAsync(1, closed: false);
        var missed = _chat.Alerts.Select(a => a.Id).ToList();
        _mail.Failing = null;
        var next = await RunAsync(2, closed: false);

        Assert.That((failed.IsSaved, failed.IsTold, failed.OutboxDepth), Is.EqualTo((true, false, 3)));
        Assert.That(failed.Sentences, Is.EqualTo(new[] { "the mail did not take the alert: gone", "3 alerts for mail will be sent by the next run" }));
        Assert.That(_chat.Alerts, Has.Count.EqualTo(3));
        Assert.That(_mail.Alerts.Select(a => a.Id), Is.EquivalentTo(missed));
        Assert.That((next.IsTold, next.OutboxDepth), Is.EqualTo((true, 0)));
    }

    [Test]
    public async Task One_refused_message_does_not_stand_in_the_way_of_the_others()
    {
        _mail.Refuses = "box-2";
        var aftermath = await RunAsync(1, closed: false);
        Assert.That(_mail.Alerts.Select(a => a.Resource!.Name), Is.EquivalentTo(new[] { "box-1", "box-3" }));
        Assert.That(aftermath.OutboxDepth, Is.EqualTo(1));
    }

    [Test]
    public async Task A_sink_that_takes_nothing_is_tried_once()
    {
        _mail.Failing = new SinkException("gone");
        await RunAsync(1, closed: false);
        Assert.That(_mail.Tries, Is.EqualTo(1));
    }

    [Test]
    public async Task What_nobody_took_for_a_week_is_dropped_and_said()
    {
        _mail.Failing = new SinkException("gone");
        await RunAsync(1, closed: false);
        var aftermath = await RunAsync(200, closed: false);
        Assert.That(aftermath.Sentences, Has.Some.StartsWith("3 alerts for mail waited for 7 days and were dropped: box-1 fails box-lid-closed"));
    }

    [Test]
    public async Task A_run_without_a_sink_leaves_its_alerts_to_the_next_that_has_it()
    {
        _mail.Failing = new SinkException("gone");
        await RunAsync(1, closed: false);
        var without = await RunAsync(2, closed: false, sinks: [_chat]);
        Assert.That(without.OutboxDepth, Is.Zero, "the mail's are the mail's");
        _mail.Failing = null;
        await RunAsync(3, closed: false);

        Assert.That(without.Sentences, Is.EqualTo(new[] { "3 alerts still waiting for mail, to which this run does not send" }));
        Assert.That((_mail.Alerts.Count, _chat.Alerts.Count), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task A_scan_by_hand_swallows_nothing_of_what_the_schedule_would_have_told()
    {
        await RunAsync(1, closed: false, sinks: []);
        await RunAsync(2, closed: false);
        Assert.That((_mail.Alerts.Count, _chat.Alerts.Count), Is.EqualTo((3, 3)));
        Assert.That(_mail.Alerts.Select(a => a.Word), Is.All.EqualTo("regressed"));
    }

    [Test]
    public async Task A_sink_that_was_not_served_for_a_week_is_forgotten()
    {
        await RunAsync(200, closed: true, sinks: [_chat]);
        await RunAsync(201, closed: false, sinks: [_chat]);
        Assert.That((await Store.ReadAsync(default))!.Snapshot.Outbox, Is.Empty);
    }

    [Test]
    public async Task Whatever_a_sink_throws_the_others_are_told_and_what_was_taken_is_struck_out()
    {
        _chat.Meanwhile = () => throw new System.Xml.XmlException("a proxy's page");
        var aftermath = await RunAsync(1, closed: false, sinks: [_chat, _mail]);
        Assert.That(aftermath.Sentences, Is.EqualTo(new[] { "chat did not take the alert: XmlException", "3 alerts for chat will be sent by the next run" }));
        Assert.That((await Store.ReadAsync(default))!.Snapshot.Outbox.SelectMany(e => e.Sinks).Distinct(), Is.EqualTo(new[] { "chat" }));
    }

    [Test]
    public async Task Only_what_this_scan_found_is_said_to_be_in_its_evidence()
    {
        _mail.Failing = new SinkException("gone");
        await RunAsync(1, closed: false);
        _mail.Failing = null;
        var watch = await Watch.OpenAsync(Store, [_mail], DriftRules.Default, Boxes.Vocabulary, default);
        await watch.FinishAsync(watch.Compare(Report(2, closed: true), Set), "here", scheduledTime: null, Deadline.None);
        Assert.That(_mail.Messages.Select(m => (m.Alerts[0].Word, m.Evidence)).Distinct(), Is.EqualTo(new[] { ("regressed", null), ("recovered", (string?)"here") }));
    }

    [Test]
    public async Task Of_two_scanners_at_once_one_tells_and_the_other_says_so()
    {
        var first = await Watch.OpenAsync(Store, [_mail], DriftRules.Default, Boxes.Vocabulary, default);
        var second = await Watch.OpenAsync(Store, [_chat], DriftRules.Default, Boxes.Vocabulary, default);

        var won = await first.FinishAsync(first.Compare(Report(1, closed: false), Set), evidence: null, scheduledTime: null, Deadline.None);
        var lost = await second.FinishAsync(second.Compare(Report(1, closed: false, "other"), Set), evidence: null, scheduledTime: null, Deadline.None);

        Assert.That((won.IsOutrun, lost.IsOutrun), Is.EqualTo((false, true)));
        Assert.That((_mail.Alerts.Count, _chat.Alerts.Count), Is.EqualTo((3, 0)));
        Assert.That(lost.Sentences.Single(), Does.StartWith("another scanner has saved its state meanwhile"));
        Assert.That((lost.IsSaved, lost.IsTold), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task A_run_that_is_outrun_while_it_tells_says_that_alerts_come_twice()
    {
        _mail.Meanwhile = () => RunAsync(2, closed: false, sinks: []);
        var aftermath = await RunAsync(1, closed: false);
        Assert.That(aftermath.Sentences, Has.Some.Contains("some alerts will come twice, with the same ids"));
        _mail.Meanwhile = null;
        await RunAsync(3, closed: false);
        Assert.That(_mail.Alerts.Select(a => a.Id).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Where_the_state_cannot_be_saved_nobody_is_told()
    {
        var watch = await Watch.OpenAsync(new Failing(Store), [_mail], DriftRules.Default, Boxes.Vocabulary, default);
        var aftermath = await watch.FinishAsync(watch.Compare(Report(1, closed: false), Set), evidence: null, scheduledTime: null, Deadline.None);

        Assert.That((aftermath.IsSaved, aftermath.IsTold), Is.EqualTo((false, false)));
        Assert.That(aftermath.Sentences, Is.EqualTo(new[] { "the disk is full" }));
        Assert.That(_mail.Tries, Is.Zero);
    }

    [Test]
    public async Task A_silent_sink_uses_up_its_share_of_the_time_and_nobody_elses()
    {
        var clock = new SteppedClock();
        _mail.IsSilent = true;
        _mail.Meanwhile = () =>
        {
            clock.Move(TimeSpan.FromSeconds(30));
            return Task.CompletedTask;
        };
        var aftermath = await RunAsync(1, closed: false, deadline: Deadline.In(TimeSpan.FromMinutes(1), clock));

        Assert.That(aftermath.Sentences, Is.EqualTo(new[] { "mail did not take the alert: out of time", "3 alerts for mail will be sent by the next run" }));
        Assert.That((aftermath.IsSaved, aftermath.IsTold), Is.EqualTo((true, false)));
        Assert.That((_mail.Tries, _chat.Alerts.Count), Is.EqualTo((1, 3)));
        Assert.That((await Store.ReadAsync(default))!.Snapshot.Outbox.SelectMany(e => e.Sinks).Distinct(), Is.EqualTo(new[] { "mail" }));
    }

    [Test]
    public async Task A_slow_sink_is_told_as_much_as_there_is_time_for()
    {
        var clock = new SteppedClock();
        _mail.Meanwhile = () =>
        {
            clock.Move(TimeSpan.FromSeconds(20));
            return Task.CompletedTask;
        };
        var aftermath = await RunAsync(1, closed: false, sinks: [_mail], deadline: Deadline.In(TimeSpan.FromMinutes(1), clock));

        Assert.That(aftermath.Sentences.Take(2), Is.EqualTo(new[] { "mail was not told everything: out of time", "1 alert for mail will be sent by the next run" }));
        Assert.That(_mail.Alerts, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_silent_store_is_said_and_the_next_run_tells_what_was_found()
    {
        var clock = new SteppedClock();
        var watch = await Watch.OpenAsync(new Silent(Store, clock), [_mail], DriftRules.Default, Boxes.Vocabulary, default);
        var aftermath = await watch.FinishAsync(watch.Compare(Report(1, closed: false), Set), evidence: null, scheduledTime: null, Deadline.In(TimeSpan.FromMinutes(1), clock));
        var tries = _mail.Tries;
        await RunAsync(2, closed: false);

        Assert.That((aftermath.IsSaved, aftermath.IsTold, tries), Is.EqualTo((false, false, 0)));
        Assert.That(aftermath.Sentences.Single(), Does.StartWith("out of time: the state may not be saved, and nobody is told"));
        Assert.That(_mail.Alerts, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_repeated_moment_is_known_by_the_state_and_tells_only_what_waits()
    {
        var moment = Boxes.Now.AddHours(2);
        await RunAsync(1, closed: true);
        _mail.Failing = new SinkException("down");
        var first = await OpenAsync();
        await first.FinishAsync(first.Compare(Report(2, closed: false), Set), evidence: null, moment, Deadline.None);
        var told = _mail.Alerts.Count;
        _mail.Failing = null;

        var again = await OpenAsync();
        var aftermath = await again.EmptyOutboxAsync(Deadline.None);
        var after = await OpenAsync();

        Assert.That((again.Last!.ScheduledTime, again.Last.ScanId), Is.EqualTo(((DateTimeOffset?)moment, "scan-2")));
        Assert.That((told, _mail.Alerts.Count, aftermath.OutboxDepth, aftermath.IsTold), Is.EqualTo((0, 3, 0, true)));
        Assert.That((after.Last!.ScheduledTime, after.Last.Outbox.For("mail").Length, after.Last.ScanId), Is.EqualTo(((DateTimeOffset?)moment, 0, "scan-2")));

        Task<Watch> OpenAsync() => Watch.OpenAsync(Store, [_mail], DriftRules.Default, Boxes.Vocabulary, default);
    }

    [Test]
    public async Task A_scan_by_hand_keeps_the_schedules_last_moment()
    {
        var moment = Boxes.Now.AddHours(1);
        var first = await Watch.OpenAsync(Store, [], DriftRules.Default, Boxes.Vocabulary, default);
        await first.FinishAsync(first.Compare(Report(1, closed: false), Set), evidence: null, moment, Deadline.None);
        await RunAsync(2, closed: false);

        Assert.That((await Store.ReadAsync(default))!.Snapshot.ScheduledTime, Is.EqualTo(moment));
    }

    [Test]
    public async Task Killed_after_any_call_the_next_run_tells_whatever_was_not_told()
    {
        var calls = new Killing(after: null);
        await RunAsync(1, closed: false, killing: calls);
        Assert.That(calls.Count, Is.EqualTo(1 + 1 + 3 + 3 + 1), "read, write, three alerts for each of two sinks, write");
        var expected = _mail.Alerts.Select(a => a.Id).ToHashSet();

        for (var after = 1; after <= calls.Count; after++)
        {
            await Remove_it();
            await Scan_once();
            var killing = new Killing(after);
            try
            {
                await RunAsync(1, closed: false, killing: killing);
            }
            catch (KilledException)
            {
                // Unless it was a sink that was called last: what a sink does stops nobody.
            }

            Assert.That(killing.Count, Is.EqualTo(after));

            var read = await Store.ReadAsync(default);
            await RunAsync(2, closed: false);

            Assert.That(read, Is.Not.Null, $"killed after call {after}, the state can be read");
            Assert.That(_mail.Alerts.Select(a => a.Id).ToHashSet(), Is.EqualTo(expected), $"killed after call {after}");
            Assert.That(_chat.Alerts.Select(a => a.Id).ToHashSet(), Is.EqualTo(expected), $"killed after call {after}");
            Assert.That((await Store.ReadAsync(default))!.Snapshot.Outbox, Is.Empty);
        }
    }

    [Test]
    public async Task Twenty_scans_of_the_same_estate_tell_nobody_anything()
    {
        for (var hour = 1; hour <= 20; hour++)
            await RunAsync(hour, closed: true);
        Assert.That((_mail.Tries, _chat.Tries), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Three_hundred_critical_findings_that_still_fail_after_a_day_are_one_reminder()
    {
        var names = Enumerable.Range(0, 300).Select(i => $"box-{i}").ToArray();
        await RunAsync(1, closed: true, names: names);
        await RunAsync(2, closed: false, names: names);
        _mail.Reset();
        await RunAsync(25, closed: false, names: names);
        Assert.That(_mail.Messages, Is.Empty);
        await RunAsync(26, closed: false, names: names);
        var reminder = _mail.Messages.Single();
        Assert.That((reminder.Kind, reminder.Alerts.Length), Is.EqualTo((MessageKind.Reminder, 300)));
    }

    private async Task<Aftermath> RunAsync(int hour, bool closed, ImmutableArray<ISink>? sinks = null, Killing? killing = null, string[]? names = null, Deadline? deadline = null)
    {
        var to = sinks ?? [_mail, _chat];
        var watch = await Watch.OpenAsync(killing is null ? Store : killing.Of(Store), killing is null ? to : [.. to.Select(killing.Of)], DriftRules.Default, Boxes.Vocabulary, default);
        return await watch.FinishAsync(watch.Compare(Report(hour, closed, names: names), Set), evidence: null, scheduledTime: null, deadline ?? Deadline.None);
    }

    private static Report Report(int hour, bool closed, string scan = "scan", string[]? names = null) =>
        Reports.Of(Set, (names ?? ["box-1", "box-2", "box-3"]).Select(name => Boxes.SheetOf(Boxes.Box(name), ("lid.closed", closed)))) with { ScanId = $"{scan}-{hour}", StartedAt = Boxes.Now.AddHours(hour) };

    private sealed class Failing(ISnapshotStore store) : ISnapshotStore
    {
        public Task<StoredSnapshot?> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

        public Task<string?> WriteAsync(Snapshot snapshot, string? expected, CancellationToken cancellationToken) => throw new SnapshotException("the disk is full");
    }

    private sealed class Silent(ISnapshotStore store, SteppedClock clock) : ISnapshotStore
    {
        public Task<StoredSnapshot?> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

        public async Task<string?> WriteAsync(Snapshot snapshot, string? expected, CancellationToken cancellationToken)
        {
            clock.Move(TimeSpan.FromSeconds(30));
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        }
    }
}
