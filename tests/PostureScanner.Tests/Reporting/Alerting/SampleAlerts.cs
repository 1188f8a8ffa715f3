using PostureScanner.Core.Drift;
using PostureScanner.Core.Inventory;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting.Alerting;
using PostureScanner.Tests.Facts;

namespace PostureScanner.Tests.Reporting.Alerting;

/// <summary>Alerts and messages of every form.</summary>
internal static class SampleAlerts
{
    public const string Scan = "5ca9";

    public static readonly AlertMessage Change = new(MessageKind.Change, [Regressed("orders")]);

    public static readonly AlertMessage Recovery = new(MessageKind.Change, [Regressed("orders") with { Word = "recovered", Before = "fail", After = "pass", Message = "lid.closed is true", Because = null, Fix = null }]);

    public static readonly AlertMessage Gone = new(
        MessageKind.Change, [Of("disappeared", Severity.High, Boxes.Box("omega"), "is no longer listed; a copy is kept until 2026-07-20T12:00:00Z: restore it before then")]);

    public static readonly AlertMessage Lost = new(
        MessageKind.Change, [Of("target-lost", Severity.High, null, "Test::Box can no longer be listed: box:List: AccessDenied") with { Target = Boxes.Home, Kind = Boxes.Kind }]);

    public static readonly AlertMessage Baseline = new(
        MessageKind.Baseline, [Of(Alert.Baseline, Severity.Critical, null, "first scan of 111122223333/north: 12 fail (2 critical, 10 high), 1 unknown, 0 waived; from now on only changes are told")]);

    public static readonly AlertMessage Digest = new(
        MessageKind.Digest,
        [
            .. Enumerable.Range(1, 3).Select(i => Regressed($"orders-{i}")),
            .. Enumerable.Range(1, 60).Select(i => Of("disappeared", Severity.High, Boxes.Box($"box-{i:00}"), "is no longer listed")),
            Of("policy-changed", Severity.Medium, null, "the policy is changed: 2 pass -> fail") with { PolicyId = "box-red", Title = "Boxes are red" },
        ]);

    public static readonly AlertMessage Reminder = new(MessageKind.Reminder, [Still("orders"), Still("users")]);

    public static IEnumerable<(string Name, AlertMessage Message)> All =>
    [
        ("change", Change), ("recovery", Recovery), ("gone", Gone), ("lost", Lost), ("baseline", Baseline), ("digest", Digest), ("reminder", Reminder),
    ];

    public static IEnumerable<TestCaseData> Cases => All.Select(a => new TestCaseData(a.Name, a.Message).SetArgDisplayNames(a.Name));

    public static Alert Regressed(string name) => Of("regressed", Severity.Critical, Boxes.Box(name), "lid.closed is false, must equal true") with
    {
        PolicyId = "box-lid-closed",
        Title = "Lids are closed",
        Because = "Dust gets in.",
        Fix = $"close {name}",
        Before = "pass",
        After = "fail",
        Since = Boxes.Now,
    };

    /// <summary>Everything a stranger can name is this text.</summary>
    public static AlertMessage Named(string name) => new(MessageKind.Change, [Regressed(name) with { Resource = Boxes.Box(name), Before = name, After = name, Message = $"tags.owner is {name}", Fix = $"close '{name}'" }]);

    public static Alert Of(string word, Severity severity, Resource? resource, string message) => new(
        Alert.IdOf("before", resource?.Arn ?? "", null, word), Scan, Boxes.Now, word, severity, resource?.Target, resource?.Kind, resource, [], null, null, null, null, null, message, null, null, null);

    private static Alert Still(string name) => Regressed(name) with { Word = Alert.Reminder, Before = null, Since = Boxes.Now.AddDays(-2) };
}
