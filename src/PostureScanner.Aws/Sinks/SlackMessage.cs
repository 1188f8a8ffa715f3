using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Aws.Sinks;

/// <summary>A message for a Slack incoming webhook: a header of at most 150 characters and sections of at most 3,000.</summary>
internal static class SlackMessage
{
    private const int LongestHeader = 150;
    private const int LongestSection = 3000;
    private const int LongestFix = 1000;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(AlertMessage message)
    {
        var headline = Headlines.Of(message);
        var blocks = new JsonArray
        {
            // "emoji" off: a table called ":ok:" is no good news. Plain text knows no entities, so brackets are only made to look like some.
            new JsonObject { ["type"] = "header", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = Printable.Clip(headline, LongestHeader).Replace('<', '‹').Replace('>', '›'), ["emoji"] = false } },
            Section(Mrkdwn.Body(message)),
        };
        if (message.Alerts is [{ Fix: { } fix }])
            blocks.Add(Section($"*What to do*\n{Mrkdwn.Code(fix, LongestFix)}"));
        var last = message.Alerts[^1];
        blocks.Add(new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(Text($"scan {last.ScanId} of {Instants.Format(last.At)}; alert {message.Id}")) });
        return new JsonObject { ["text"] = Mrkdwn.Escape(Printable.Clip(headline, LongestHeader)), ["blocks"] = blocks, ["unfurl_links"] = false, ["unfurl_media"] = false }.ToJsonString(Options);
    }

    private static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Text(text) };

    // "verbatim": Slack looks for neither links nor names in it.
    private static JsonObject Text(string text) => new() { ["type"] = "mrkdwn", ["text"] = Printable.Clip(text, LongestSection), ["verbatim"] = true };
}
