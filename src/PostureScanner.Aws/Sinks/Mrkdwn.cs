using System.Text;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Aws.Sinks;

/// <summary>A message in Slack's markup, which Amazon Q passes on, too. What strangers named can neither mention, link nor format.</summary>
internal static class Mrkdwn
{
    /// <summary>Alerts told one by one in a message of many: a channel is no report.</summary>
    private const int Shown = 10;

    private const int LongestSentence = 300;

    /// <summary>On one line, with nothing in it that Slack would interpret.</summary>
    public static string Escape(string text) => Entities(text)
        // Amazon Q resolves plain "@name", too; a joiner nobody sees keeps it a word.
        .Replace("@", "@\u2060").Replace("*", "∗").Replace("~", "∼").ToString();

    /// <summary>As code, to be copied as it is: not even an address in it becomes a link.</summary>
    public static string Code(string text, int longest = LongestSentence) => $"`{Entities(Printable.Clip(text, longest))}`";

    private static StringBuilder Entities(string text) => new StringBuilder(Printable.Flat(text))
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("`", "ˋ");

    /// <summary>What happened, why it matters and where, without what to do.</summary>
    public static string Body(AlertMessage message) => message.Alerts is [var only] ? One(only) : Many(message);

    private static string One(Alert alert)
    {
        var text = new StringBuilder();
        text.Append($"*{alert.Severity.Word().ToUpperInvariant()}*  {Code(alert.Message)}\n");
        if (alert.Title is { } title)
            text.Append($"{Escape(Printable.Clip(title, LongestSentence))}. {Escape(Printable.Clip(alert.Because ?? "", LongestSentence))}\n");
        if (alert.Resource is { } resource)
            text.Append($"{resource.Kind} {Code(resource.Arn)}\n");
        if (alert.Target is not null)
            text.Append(AlertText.Place(alert));
        return text.ToString().TrimEnd();
    }

    private static string Many(AlertMessage message)
    {
        var text = new StringBuilder();
        text.Append($"*{AlertText.Counts(message.Alerts.Select(a => a.Severity.Word()))}*\n");
        foreach (var alert in message.Alerts.Take(Shown))
            text.Append($"• *{alert.Severity.Word()}* {Escape(Printable.Clip(AlertText.Placed(alert), LongestSentence / 2))}\n");
        if (message.Alerts.Length > Shown)
            text.Append(AlertText.Left(message.Alerts.Length - Shown));
        return text.ToString().TrimEnd();
    }
}
