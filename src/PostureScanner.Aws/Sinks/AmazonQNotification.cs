using System.Text.Json.Nodes;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Aws.Sinks;

/// <summary>
/// The custom notification of Amazon Q Developer in chat applications (formerly AWS Chatbot), version 1.0: anything else is dropped there.
/// AWS documents no lengths; these are well below what was seen to work.
/// </summary>
internal static class AmazonQNotification
{
    private const int LongestTitle = 250;
    private const int LongestDescription = 3000;
    private const int LongestStep = 1000;

    public static JsonObject Of(AlertMessage message)
    {
        var first = message.Alerts[0];
        var title = Printable.Clip(Mrkdwn.Escape(Printable.Clip(Headlines.Of(message), LongestTitle / 2)), LongestTitle);
        var content = new JsonObject
        {
            ["textType"] = "client-markdown",
            ["title"] = title,
            ["description"] = Printable.Clip(Mrkdwn.Body(message), LongestDescription),
            ["keywords"] = new JsonArray([.. Keywords(message)]),
        };
        if (message.Alerts.Length == 1 && first.Fix is { } fix)
            content["nextSteps"] = new JsonArray(Mrkdwn.Code(fix, LongestStep));
        var metadata = new JsonObject
        {
            // What becomes of one promise about one resource stands in one thread.
            ["threadId"] = message.Alerts.Length == 1 ? Alert.IdOf("", first.Resource?.Arn ?? first.Target?.ToString() ?? "", first.PolicyId, "thread") : message.Id,
            ["summary"] = title,
            ["eventType"] = message.Kind == MessageKind.Change ? first.Word : message.Kind.ToString().ToLowerInvariant(),
            ["additionalContext"] = new JsonObject { ["alertId"] = message.Id, ["scanId"] = first.ScanId },
        };
        if (message.Alerts is [{ Resource: { } resource }])
            metadata["relatedResources"] = new JsonArray(Printable.Clip(Mrkdwn.Escape(resource.Arn), LongestStep));
        return new JsonObject { ["version"] = "1.0", ["source"] = "custom", ["id"] = message.Id, ["content"] = content, ["metadata"] = metadata };
    }

    private static IEnumerable<JsonNode> Keywords(AlertMessage message) =>
        new[] { message.Severity.Word() }.Concat(message.Alerts.Select(a => a.Word)).Distinct(StringComparer.Ordinal).Take(5).Select(w => JsonValue.Create(w));
}
