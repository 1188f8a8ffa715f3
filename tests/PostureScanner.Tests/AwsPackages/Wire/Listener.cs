using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace PostureScanner.Tests.AwsPackages.Wire;

/// <summary>Answers every request with the next of its answers, the last one for ever, and keeps what was asked.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly Answer[] _answers;
    private int _next;

    private Listener(WebApplication web, Answer[] answers)
    {
        _web = web;
        _answers = answers;
    }

    public string Url => _web.Urls.Single();

    public IReadOnlyList<Asked> Asked => [.. _asked];

    public static Task<Listener> StartAsync(params string[] bodies) => StartAsync([.. bodies.Select(body => new Answer(200, body))]);

    public static async Task<Listener> StartAsync(params Answer[] answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var listener = new Listener(builder.Build(), answers);
        listener._web.Run(listener.AnswerAsync);
        await listener._web.StartAsync();
        return listener;
    }

    /// <summary>A configuration that sends here, signs for eu-central-1 and does not repeat.</summary>
    public T Config<T>(T config)
        where T : ClientConfig
    {
        config.ServiceURL = Url;
        config.AuthenticationRegion = "eu-central-1";
        config.MaxErrorRetry = 0;
        return config;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        await using var body = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var reader = new StreamReader(body, Encoding.UTF8);
        _asked.Enqueue(new Asked(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync()));
        var answer = _answers[Math.Min(Interlocked.Increment(ref _next), _answers.Length) - 1];
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds;
        await context.Response.WriteAsync(answer.Body);
    }
}

internal sealed record Answer(int Status, string Body, string? RetryAfter = null, string ContentType = "text/xml")
{
    /// <summary>An error as the query protocol writes it.</summary>
    public static Answer Error(int status, string code) => new(
        status, $"<ErrorResponse xmlns='urn:x'><Error><Type>Sender</Type><Code>{code}</Code><Message>about {code}</Message></Error><RequestId>req-1</RequestId></ErrorResponse>");
}

internal sealed record Asked(IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The form's fields as the service reads them, a line each.</summary>
    public IEnumerable<string> Fields =>
        new FormReader(Body) { ValueCountLimit = int.MaxValue, KeyLengthLimit = int.MaxValue, ValueLengthLimit = int.MaxValue }.ReadForm().Select(pair => $"{pair.Key}={pair.Value}");
}
