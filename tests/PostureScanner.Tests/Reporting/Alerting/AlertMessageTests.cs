using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting.Alerting;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Reporting.Alerting;

/// <summary>Which alerts are told together.</summary>
internal sealed class AlertMessageTests
{
    [TestCase(10, 10)]
    [TestCase(11, 1)]
    [TestCase(500, 1)]
    public void More_changes_than_anybody_wants_one_by_one_are_one_digest(int changes, int messages)
    {
        var told = Told(Changes(changes, SampleAlerts.Scan));
        Assert.That(told, Has.Count.EqualTo(messages));
        Assert.That(told[0].Kind, Is.EqualTo(messages == 1 ? MessageKind.Digest : MessageKind.Change));
        Assert.That(told.Sum(m => m.Alerts.Length), Is.EqualTo(changes));
    }

    [Test]
    public void What_was_missed_is_told_as_it_would_have_been()
    {
        var missed = Changes(12, "earlier");
        var alone = Told(missed, "earlier").Single();

        var told = Told([.. missed, .. Changes(3, SampleAlerts.Scan)]);

        Assert.That(told.Select(m => (m.Kind, m.Alerts.Length)), Is.EqualTo(new[] { (MessageKind.Digest, 12), (MessageKind.Change, 1), (MessageKind.Change, 1), (MessageKind.Change, 1) }));
        Assert.That(told[0].Id, Is.EqualTo(alone.Id));
    }

    [Test]
    public void A_baseline_is_never_part_of_a_digest()
    {
        var told = Told([.. SampleAlerts.Baseline.Alerts, .. Changes(12, SampleAlerts.Scan)]);
        Assert.That(told.Select(m => m.Kind), Is.EqualTo(new[] { MessageKind.Baseline, MessageKind.Digest }));
    }

    [Test]
    public void Reminders_are_one_message_however_many_and_stand_last()
    {
        var reminders = Changes(300, SampleAlerts.Scan).Select(a => a with { Word = Alert.Reminder });
        Assert.That(Told([.. reminders, .. Changes(1, SampleAlerts.Scan)]).Select(m => (m.Kind, m.Alerts.Length)), Is.EqualTo(new[] { (MessageKind.Change, 1), (MessageKind.Reminder, 300) }));
    }

    [Test]
    public void The_worst_is_told_first()
    {
        var mild = SampleAlerts.Regressed("mild") with { Severity = Severity.Low };
        Assert.That(Told([mild, SampleAlerts.Regressed("bad")]).Select(m => m.Severity), Is.EqualTo(new[] { Severity.Critical, Severity.Low }));
    }

    [Test]
    public void A_message_of_one_alert_has_its_id() => Assert.That(SampleAlerts.Change.Id, Is.EqualTo(SampleAlerts.Change.Alerts[0].Id));

    private static List<AlertMessage> Told(IReadOnlyCollection<Alert> waiting, string scan = SampleAlerts.Scan) => [.. AlertMessage.Of(waiting, scan)];

    private static List<Alert> Changes(int count, string scan) =>
        [.. Enumerable.Range(0, count).Select(i => SampleAlerts.Of("disappeared", Severity.High, Boxes.Box($"box-{i}"), "is gone") with { ScanId = scan })];
}
