using PostureScanner.Core.Drift;

namespace PostureScanner.Core.Reporting.Alerting;

/// <summary>What happened, in one line for a phone's lock screen.</summary>
public static class Headlines
{
    /// <summary>Safe to show: what strangers named is made printable.</summary>
    public static string Of(AlertMessage message) => message.Kind switch
    {
        MessageKind.Digest => $"{Printable.Count(message.Alerts.Length, "change")}, the worst {Words(message)}",
        MessageKind.Reminder when message.Alerts.Length > 1 => string.Create(null, $"{message.Alerts.Length} critical findings still fail"),
        _ => Of(message.Alerts[0]),
    };

    public static string Of(Alert alert)
    {
        var what = Printable.Flat(alert.Resource?.Name ?? alert.Target?.ToString() ?? "");
        var policy = alert.PolicyId;
        return alert.Word switch
        {
            "regressed" => $"{what} fails {policy}",
            "recovered" => $"{what} passes {policy} again",
            "left-scope" => $"{what} is no longer in the scope of {policy}",
            "waiver-expired" => $"{what} fails {policy}: its waiver has run out",
            "became-unknown" when policy is null => $"{what}: resources can no longer be judged",
            "became-unknown" => $"{what}: {policy} cannot be decided any more",
            "flapping" => $"{what}: {policy} keeps changing",
            "appeared" => $"{what} is new and fails",
            "disappeared" => $"{what} is gone",
            "replaced" => $"{what} was deleted and created again",
            "window-reset" => $"{what} has lost its restorable history",
            "weakened" => $"{what}: {alert.Fact} got worse",
            "policy-changed" => policy is null ? "the waivers have changed" : $"the policy {policy} has changed",
            "target-lost" => $"{what}: {alert.Kind} can no longer be listed",
            "target-back" => $"{what}: {alert.Kind} can be listed again",
            Alert.Baseline => "first scan: some promises are broken",
            Alert.Reminder => $"{what} still fails {policy}",
            _ => $"{what}: {alert.Word}",
        };
    }

    private static string Words(AlertMessage message) => Policies.Words.Severities.Single(s => s.Value == message.Severity).Key;
}
