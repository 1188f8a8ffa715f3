using System.Net;
using System.Security.Cryptography;
using System.Text;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Alerting;

namespace PostureScanner.Aws.Sinks;

/// <summary>A Slack incoming webhook, for those without Amazon Q. Its URL is a secret: whoever has it can write to the channel.</summary>
public sealed class SlackSink : ISink, IDisposable
{
    private const int Attempts = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly Uri _webhook;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;

    private SlackSink(Uri webhook, TimeSpan patience, TimeProvider clock)
    {
        _webhook = webhook;
        _patience = patience;
        _clock = clock;
        // A redirect would carry the alert to somebody else.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        Id = $"slack:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(webhook.AbsoluteUri)).AsSpan(0, 8))}";
    }

    public string Id { get; }

    /// <exception cref="SettingsException">It is no webhook's URL. The message does not repeat it.</exception>
    public static SlackSink Open(string webhook, TimeSpan patience, TimeProvider clock) =>
        Uri.TryCreate(webhook.Trim(), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? new SlackSink(url, patience, clock)
            : throw new SettingsException("the Slack webhook is no https URL; Slack gives it as https://hooks.slack.com/services/…");

    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var body = SlackMessage.Of(message);
        for (var attempt = 1; ; attempt++)
        {
            var (refusal, pause) = await SendOnceAsync(body, limit.Token);
            if (refusal is null)
                return;
            if (pause is null || attempt == Attempts || limit.IsCancellationRequested)
                throw refusal;
            await Task.Delay(pause.Value > TimeSpan.Zero ? pause.Value : FirstPause * attempt, _clock, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Why it was not taken, and how long to wait before asking again; null where that is of no use.</returns>
    private async Task<(SinkException? Refusal, TimeSpan? Pause)> SendOnceAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, _webhook) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
                return (null, null);
            var said = await SaidAsync(response, cancellationToken);
            var refusal = new SinkException($"the Slack webhook did not take the alert: HTTP {(int)response.StatusCode} {said}".TrimEnd()) { IsOfMessage = response.StatusCode == HttpStatusCode.BadRequest };
            return response.StatusCode == HttpStatusCode.TooManyRequests || response.StatusCode >= HttpStatusCode.InternalServerError
                ? (refusal, response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero)
                : (refusal, null);
        }
        catch (OperationCanceledException)
        {
            return (new SinkException("the Slack webhook did not take the alert: no answer in time"), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // Without the inner exception: nothing that knows the URL leaves here.
            return (new SinkException($"the Slack webhook did not take the alert: {(exception as HttpRequestException)?.HttpRequestError.ToString() ?? "the connection broke"}"), TimeSpan.Zero);
        }
    }

    // Slack's answers are words like "no_service"; a proxy's may be a page of any size in any encoding, of which the beginning will do.
    private static async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var beginning = new byte[400];
        var length = await body.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        return Printable.Clip(Printable.Flat(Encoding.UTF8.GetString(beginning, 0, length)), 100);
    }

    public void Dispose() => _http.Dispose();
}
