using System.Net;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Lambda's Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string ErrorType = "Lambda-Runtime-Function-Error-Type";
    private const string TraceVariable = "_X_AMZN_TRACE_ID";

    // Between two events the process is frozen while its request stands: no limit of ours may count that time.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly string _root = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime";

    /// <summary>Waits for an event for as long as it takes.</summary>
    public async Task<(ILambdaContext Context, Stream Input)> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri($"{_root}/invocation/next"), cancellationToken);
        Check(response, "the next event", HttpStatusCode.OK);
        var context = new InvocationContext(response.Headers);
        // X-Ray's and the SDK's clients look for it there.
        Environment.SetEnvironmentVariable(TraceVariable, context.TraceId);
        return (context, new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken), writable: false));
    }

    public async Task RespondAsync(string requestId, byte[] answer)
    {
        using var content = new ByteArrayContent(answer) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await _http.PostAsync(new Uri($"{_root}/invocation/{requestId}/response"), content);
        Check(response, "the answer", HttpStatusCode.Accepted);
    }

    public Task ReportErrorAsync(string requestId, Exception exception) => ReportAsync($"invocation/{requestId}/error", exception);

    public Task ReportInitErrorAsync(Exception exception) => ReportAsync("init/error", exception);

    public void Dispose() => _http.Dispose();

    private async Task ReportAsync(string path, Exception exception)
    {
        using var content = new ByteArrayContent(ErrorBody.Of(exception)) { Headers = { ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_root}/{path}") { Content = content };
        request.Headers.TryAddWithoutValidation(ErrorType, exception.GetType().Name);
        using var response = await _http.SendAsync(request);
        Check(response, "an error", HttpStatusCode.Accepted);
    }

    private static void Check(HttpResponseMessage response, string what, HttpStatusCode expected)
    {
        if (response.StatusCode == expected)
            return;
        var status = (int)response.StatusCode;
        throw new RuntimeApiClientException(
            status switch
            {
                413 => "the answer is longer than Lambda takes (6 MB)",
                >= 500 => $"the Runtime API failed with HTTP {status} over {what}; the execution environment cannot go on",
                _ => $"the Runtime API answered HTTP {status} to {what}",
            },
            status);
    }
}
