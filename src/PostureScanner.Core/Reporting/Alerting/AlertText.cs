using System.Globalization;
using System.Text;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting.Alerting;

/// <summary>A message as plain text: what happened, what was read, why it matters, what to do.</summary>
public static class AlertText
{
    /// <summary>Alerts told one by one in a message of many; the others are counted.</summary>
    private const int Shown = 50;

    private const int LongestSubject = 99;

    /// <summary>At most 99 characters of printable ASCII on one line, whatever strangers named.</summary>
    public static string Subject(AlertMessage message)
    {
        var urgency = message.IsGood ? "GOOD NEWS" : message.Severity.Word().ToUpperInvariant();
        var line = $"PostureScanner {urgency}: {Headlines.Of(message)}";
        return Printable.Clip(new string([.. line.Select(c => c is >= ' ' and <= '~' ? c : '?')]), LongestSubject, "...");
    }

    public static string Body(AlertMessage message) => Body(message, Shown);

    /// <param name="shown">How many alerts of a message of many are told one by one; the others are counted.</param>
    public static string Body(AlertMessage message, int shown)
    {
        var text = new StringBuilder();
        if (message.Alerts is [var only])
            WriteOne(text, only);
        else
            WriteMany(text, message, Math.Min(shown, Shown));
        Line(text, "");
        Line(text, $"Scan {message.Alerts[^1].ScanId} of {Instants.Format(message.Alerts[^1].At)}; alert {message.Id}");
        if (message.Evidence is { } evidence)
            Line(text, $"Evidence {Flat(evidence)}");
        return text.ToString();
    }

    /// <summary>Each word with its count: <c>3 critical, 20 high</c>.</summary>
    public static string Counts(IEnumerable<string> words) =>
        string.Join(", ", words.CountBy(w => w, StringComparer.Ordinal).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {c.Key}")));

    /// <summary>Where an alert's resource stands: <c>111122223333 eu-west-1, eu-central-1</c>.</summary>
    public static string Place(Alert alert) => alert.Target is { } target
        ? $"{target.Account} {(alert.Regions.IsEmpty ? target.Region : string.Join(", ", alert.Regions))}"
        : "";

    /// <summary>The headline with the place, for lists.</summary>
    public static string Placed(Alert alert) => alert.Target is null ? Headlines.Of(alert) : $"{Headlines.Of(alert)} ({Place(alert)})";

    private static void WriteOne(StringBuilder text, Alert alert)
    {
        Line(text, Headlines.Of(alert));
        Line(text, $"{alert.Severity.Word()}{(alert.Before is null && alert.After is null ? "" : $": {Flat(alert.Before ?? "none")} -> {Flat(alert.After ?? "not configured")}")}");
        Line(text, "");
        Line(text, Flat(alert.Message));
        Labelled(text, "Policy", alert.Title is null ? null : $"{alert.PolicyId}: {alert.Title}");
        Labelled(text, "Why", alert.Because);
        Labelled(text, "What to do", alert.Fix);
        if (alert.Resource is { } resource)
        {
            Line(text, "");
            Labelled(text, "Resource", $"{resource.Kind} {resource.Name}");
            Labelled(text, "ARN", resource.Arn);
        }

        Labelled(text, "Where", alert.Target is null ? null : Place(alert));
        Labelled(text, "Since", alert.Since is { } since ? Instants.Format(since) : null);
    }

    private static void WriteMany(StringBuilder text, AlertMessage message, int shown)
    {
        Line(text, Headlines.Of(message));
        Line(text, Counts(message.Alerts.Select(a => a.Severity.Word())));
        if (message.Kind == MessageKind.Digest)
            Line(text, Counts(message.Alerts.Select(a => a.Word).Order(StringComparer.Ordinal)));
        foreach (var alert in message.Alerts.Take(shown))
        {
            Line(text, "");
            Line(text, $"{alert.Severity.Word().ToUpperInvariant()}  {Placed(alert)}");
            Line(text, $"  {Flat(alert.Message)}{(alert is { IsReminder: true, Since: { } since } ? $", since {Instants.Format(since)}" : "")}");
            if (alert.Fix is { } fix)
                Line(text, $"  fix: {Flat(fix)}");
        }

        if (message.Alerts.Length > shown)
        {
            Line(text, "");
            Line(text, Left(message.Alerts.Length - shown));
        }
    }

    /// <summary>What a message of many leaves out is counted, and is to be found.</summary>
    public static string Left(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"and {count} more, none of them worse; the reports and the evidence of their scans have them all");

    private static void Labelled(StringBuilder text, string label, string? value)
    {
        if (value is not null)
            Line(text, $"{label.PadRight(11)} {Flat(value)}");
    }

    private static string Flat(string text) => Printable.Clip(Printable.Flat(text), AlertMessageJson.LongestText);

    // The same line ends on every machine.
    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
