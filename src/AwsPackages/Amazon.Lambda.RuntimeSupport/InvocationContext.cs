using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The invocation by the event's headers, the function by its environment.</summary>
internal sealed class InvocationContext : ILambdaContext
{
    private readonly DateTimeOffset _deadline;

    public InvocationContext(HttpResponseHeaders headers)
    {
        AwsRequestId = Header(headers, "Lambda-Runtime-Aws-Request-Id");
        InvokedFunctionArn = Header(headers, "Lambda-Runtime-Invoked-Function-Arn");
        TraceId = Header(headers, "Lambda-Runtime-Trace-Id");
        // Milliseconds since 1970; a header that is not there leaves no time, as the official package has it.
        _ = long.TryParse(Header(headers, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var deadline);
        _deadline = DateTimeOffset.FromUnixTimeMilliseconds(deadline);
    }

    public string TraceId { get; }

    public string AwsRequestId { get; }

    public string InvokedFunctionArn { get; }

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public ILambdaLogger Logger => new ConsoleLogger(AwsRequestId);

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB => int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 0;

    public TimeSpan RemainingTime => _deadline - DateTimeOffset.UtcNow;

    private static string Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name);
}
