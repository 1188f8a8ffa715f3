using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PostureScanner.Tests.Lambda;

/// <summary>Lambda's Runtime API as a function sees it: events to fetch, and where answers and errors go.</summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Channel<Waiting> _events = Channel.CreateUnbounded<Waiting>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Posted>> _outcomes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<Posted> _initError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _polled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    private RuntimeApiServer(WebApplication web) => _web = web;

    /// <summary>Host and port, as AWS_LAMBDA_RUNTIME_API has them.</summary>
    public string Authority => new Uri(_web.Urls.Single()).Authority;

    /// <summary>The function has asked for its first event.</summary>
    public Task Polled => _polled.Task;

    public Task<Posted> InitError => _initError.Task;

    /// <summary>How the next answer, not the next error, is received.</summary>
    public int AnswerStatus { get; set; } = StatusCodes.Status202Accepted;

    public int NextStatus { get; set; } = StatusCodes.Status200OK;

    public static async Task<RuntimeApiServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var server = new RuntimeApiServer(builder.Build());
        server._web.Run(server.AnswerAsync);
        await server._web.StartAsync();
        return server;
    }

    /// <summary>Hands an event to the function and waits for what it says.</summary>
    public async Task<Posted> InvokeAsync(string input, TimeSpan? timeout = null)
    {
        var id = $"request-{Interlocked.Increment(ref _count)}";
        var outcome = _outcomes[id] = new TaskCompletionSource<Posted>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _events.Writer.WriteAsync(new Waiting(id, input, DateTimeOffset.UtcNow + (timeout ?? TimeSpan.FromMinutes(5))));
        return await outcome.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        const string Root = "/2018-06-01/runtime";
        var path = context.Request.Path.Value!;
        switch (context.Request.Method, path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [])
        {
            case ("GET", ["", "invocation", "next"]):
                await NextAsync(context);
                break;
            case ("POST", ["", "init", "error"]):
                _initError.TrySetResult(await PostedAsync(context, path));
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case ("POST", ["", "invocation", var id, "response"]):
                var answer = await PostedAsync(context, path);
                context.Response.StatusCode = AnswerStatus;
                if (AnswerStatus != StatusCodes.Status413PayloadTooLarge)
                    _outcomes[id].TrySetResult(answer);
                break;
            case ("POST", ["", "invocation", var id, "error"]):
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                _outcomes[id].TrySetResult(await PostedAsync(context, path));
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private async Task NextAsync(HttpContext context)
    {
        _polled.TrySetResult();
        if (NextStatus != StatusCodes.Status200OK)
        {
            context.Response.StatusCode = NextStatus;
            return;
        }

        var next = await _events.Reader.ReadAsync(context.RequestAborted);
        context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = next.Id;
        context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = next.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:eu-west-1:111122223333:function:posture";
        context.Response.Headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{next.Id};Sampled=0";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(next.Input);
    }

    private static async Task<Posted> PostedAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        return new Posted(path, context.Request.Headers["Lambda-Runtime-Function-Error-Type"], await reader.ReadToEndAsync());
    }

    private sealed record Waiting(string Id, string Input, DateTimeOffset Deadline);
}

/// <summary>What a function said of an event, or of its start.</summary>
/// <param name="ErrorType">Null for an answer.</param>
internal sealed record Posted(string Path, string? ErrorType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public bool IsError => Path.EndsWith("/error", StringComparison.Ordinal);

    public string Message => Json["errorMessage"]!.GetValue<string>();

    /// <summary>The summary: the answer, or the second line of the error's message.</summary>
    public JsonNode Summary => IsError ? JsonNode.Parse(Message.Split('\n')[1])! : Json;
}
