using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using PostureScanner.Aws.Clients;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Aws.Sinks;

/// <summary>One SNS topic: who wants what, and how, is a matter of its subscriptions.</summary>
public sealed partial class SnsSink : ISink, IDisposable
{
    /// <summary>The topic need not be the scanner's own account's.</summary>
    public static readonly Call Publish = new("sns:Publish", "sns:Publish");

    private readonly IAmazonSimpleNotificationService _sns;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly string _topicArn;

    private SnsSink(IAmazonSimpleNotificationService sns, string topicArn, TimeSpan patience, TimeProvider clock)
    {
        _sns = sns;
        _topicArn = topicArn;
        _patience = patience;
        _clock = clock;
    }

    public string Id => $"sns:{_topicArn}";

    /// <exception cref="SettingsException">The ARN is no standard topic's.</exception>
    public static SnsSink Open(string topicArn, AwsSettings settings, TimeProvider clock) =>
        new(Login.Of(settings).Sns(RegionOf(topicArn)), topicArn, settings.Patience, clock);

    /// <summary>The region of a topic's ARN.</summary>
    /// <exception cref="SettingsException">The ARN is no standard topic's.</exception>
    public static string RegionOf(string topicArn)
    {
        var topic = TopicArn().Match(topicArn);
        if (!topic.Success)
            throw new SettingsException($"'{topicArn}' is no topic's ARN; topics are written like arn:aws:sns:eu-west-1:111122223333:posture-alerts");
        return topicArn.EndsWith(".fifo", StringComparison.Ordinal)
            ? throw new SettingsException($"'{topicArn}' is a FIFO topic, which delivers to neither e-mail nor chat; use a standard topic")
            : topic.Groups["region"].Value;
    }

    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _sns.PublishAsync(SnsMessage.Of(_topicArn, message), limit.Token);
        }
        catch (AmazonServiceException exception) when (exception.ErrorCode is not null)
        {
            // "InvalidParameter" and its kin are about what was sent; everything else is about the topic or the way there.
            throw new SinkException($"{_topicArn} did not take the alert: {Publish.Operation}: {exception.ErrorCode}: {Printable.Flat(exception.Message)}", exception)
            {
                IsOfMessage = exception.ErrorCode is "InvalidParameter" or "InvalidParameterValue" or "ParameterValueInvalid" or "ValidationException",
            };
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException or IOException)
        {
            throw new SinkException($"{_topicArn} did not take the alert: {Publish.Operation}: no answer", exception);
        }
        // The SDK gives an answer that it cannot read, a proxy's page for one, as whatever its parser throws.
        catch (Exception exception)
        {
            throw new SinkException($"{_topicArn} did not take the alert: {Publish.Operation}: the answer was not what this operation answers", exception);
        }
    }

    public void Dispose() => _sns.Dispose();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:sns:(?<region>[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}):[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TopicArn();
}
