using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using PostureScanner.Aws.Clients;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;
using Metric = PostureScanner.Core.Reporting.Metrics.Metric;

namespace PostureScanner.Aws.Sinks;

/// <summary>Publishes metrics to CloudWatch.</summary>
public sealed partial class CloudWatchMetrics : IDisposable
{
    public const string DefaultNamespace = "PostureScanner";

    public static readonly Call PutMetricData = new("cloudwatch:PutMetricData", "cloudwatch:PutMetricData");

    private readonly IAmazonCloudWatch _client;
    private readonly string _namespace;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long one request may take, with all its repetitions.</param>
    internal CloudWatchMetrics(IAmazonCloudWatch client, string metricNamespace, TimeSpan patience)
    {
        _client = client;
        _namespace = metricNamespace;
        _patience = patience;
    }

    /// <summary>In the configured region; where there is none, in the first that is scanned.</summary>
    /// <exception cref="SettingsException">The namespace cannot be one, or there are no credentials or no region.</exception>
    public static CloudWatchMetrics Open(string metricNamespace, AwsSettings settings)
    {
        CheckNamespace(metricNamespace);
        var login = Login.Of(settings);
        return new CloudWatchMetrics(login.CloudWatch(Login.ConfiguredRegion() ?? Regions.Of(settings.Regions).Home[0]), metricNamespace, settings.Patience);
    }

    /// <exception cref="SettingsException">The namespace cannot be one.</exception>
    public static void CheckNamespace(string metricNamespace)
    {
        if (!Namespace().IsMatch(metricNamespace))
            throw new SettingsException($"'{Printable.Of(metricNamespace)}' cannot be a namespace of metrics; one has 1 to 255 letters, digits, blanks or any of . - _ / # : and begins neither with ':' nor with 'AWS/'");
    }

    /// <summary>In as many requests as it takes; the first that fails is the last.</summary>
    /// <param name="at">The moment the metrics are about: the scan's start.</param>
    /// <exception cref="SinkException">They were not published, or not all of them.</exception>
    public async Task PublishAsync(IReadOnlyList<Metric> metrics, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var published = 0;
        foreach (var batch in MetricBatches.Of(metrics, at))
        {
            try
            {
                await PutAsync(batch, cancellationToken);
            }
            // Broad, because the SDK gives an answer that it cannot read as whatever its parser throws. One call stands in the try.
            catch (Exception exception)
            {
                var fault = FaultOf(exception);
                var left = string.Create(CultureInfo.InvariantCulture, $"{metrics.Count - published} of {metrics.Count}");
                throw new SinkException($"{left} metrics could not be published to the namespace {_namespace}: {PutMetricData.Operation} failed with {fault.Code}: {fault.Reason}", exception);
            }

            published += batch.Count;
        }
    }

    public void Dispose() => _client.Dispose();

    // A repeated request whose answer was lost counts twice: whoever reads these metrics asks for Maximum or Minimum, never for Sum.
    private async Task PutAsync(List<MetricDatum> batch, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        await _client.PutMetricDataAsync(new PutMetricDataRequest { Namespace = _namespace, MetricData = batch }, limit.Token);
    }

    private static Fault FaultOf(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException
            ? Fault.Of(exception)
            : new Fault(FaultSort.Transient, Fault.UnreadableAnswer, "the answer was not what this operation answers");

    [GeneratedRegex(@"\A(?!AWS/)(?!:)(?! *\z)[A-Za-z0-9._/#: -]{1,255}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
