using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Aws.Sinks;

/// <summary>The webhook that a secret names. Known by the secret, so that what waits for it outlives a new webhook, and a secret that cannot be read.</summary>
public sealed class SlackBySecret : ISink, IDisposable
{
    private readonly SlackSink? _webhook;

    private SlackBySecret(string arn, SlackSink? webhook, string? problem)
    {
        Id = $"slack:{arn}";
        _webhook = webhook;
        Problem = problem;
    }

    public string Id { get; }

    /// <summary>Why nothing can be sent; null where it can.</summary>
    public string? Problem { get; }

    /// <exception cref="SettingsException">It is no secret's ARN.</exception>
    public static async Task<SlackBySecret> OpenAsync(string arn, AwsSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        _ = SlackSecret.RegionOf(arn);
        try
        {
            return new SlackBySecret(arn, SlackSink.Open(await SlackSecret.ReadAsync(arn, settings, cancellationToken), settings.Patience, clock), problem: null);
        }
        // A scan is worth making all the same; that nobody in Slack hears of it is said at its end.
        catch (Exception exception) when (exception is SinkException or SettingsException)
        {
            return new SlackBySecret(arn, webhook: null, exception is SinkException ? exception.Message : $"the secret {arn} holds no webhook: {exception.Message}");
        }
    }

    public Task SendAsync(AlertMessage message, CancellationToken cancellationToken) =>
        _webhook is null ? throw new SinkException(Problem!) : _webhook.SendAsync(message, cancellationToken);

    public void Dispose() => _webhook?.Dispose();
}
