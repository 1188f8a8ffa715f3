using PostureScanner.Aws.Stores;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Reporting.Metrics;

namespace PostureScanner.Aws;

/// <summary>What one run is to do beside scanning, whoever hosts it.</summary>
/// <param name="Folder">What relative paths are relative to.</param>
public sealed record RunSettings(AwsSettings Aws, string ToolVersion, string Folder)
{
    public DriftRules Rules { get; init; } = DriftRules.Default;

    /// <summary>Where the last scan's state is; null where nothing is remembered.</summary>
    public string? State { get; init; }

    /// <summary>The topic that is told what changed; null for none.</summary>
    public string? TopicArn { get; init; }

    /// <summary>The URL of a Slack incoming webhook, which is a secret; null for none.</summary>
    public string? SlackWebhook { get; init; }

    /// <summary>The ARN of a secret that holds such a URL, in place of it; null for none.</summary>
    public string? SlackSecretArn { get; init; }

    /// <summary>The moment a schedule runs the scan for; null where none does.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>Null where no metrics are published.</summary>
    public string? MetricNamespace { get; init; }

    public MetricSettings Metrics { get; init; } = MetricSettings.Default;

    /// <summary>The root of the evidence; null where none is kept.</summary>
    public string? Evidence { get; init; }

    public EvidenceRetention? Retention { get; init; }

    /// <summary>A file with a private key, or the name of a key in KMS; null where links are not signed.</summary>
    public string? SignKey { get; init; }

    /// <summary>How the run was told to work, for its evidence: JSON without secrets.</summary>
    public string Recorded { get; init; } = "{}";
}
