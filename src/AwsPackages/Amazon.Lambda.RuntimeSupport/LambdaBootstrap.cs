namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Runs a function: its start, then event after event, one at a time, until it is stopped.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly LambdaHandler _handler;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly RuntimeApi _api = new();

    internal LambdaBootstrap(LambdaHandler handler, LambdaBootstrapInitializer initializer)
    {
        _handler = handler;
        _initializer = initializer;
    }

    /// <exception cref="RuntimeApiClientException">The Runtime API refused, or failed: Lambda wants the process to end then.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_initializer is not null && !await InitializeAsync())
            return;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await InvokeOnceAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _api.Dispose();
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await _initializer();
        }
        // Broad: whatever kept the function from starting, Lambda is told, and the host hears of it by the same exception.
        catch (Exception exception)
        {
            new ConsoleLogger(requestId: null).LogFailure(exception);
            await _api.ReportInitErrorAsync(exception);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        var (context, input) = await _api.NextAsync(cancellationToken);
        using var disposing = input;
        byte[] answer;
        try
        {
            answer = await _handler(input, context);
        }
        // Broad: whatever the handler threw is this invocation's outcome, and the next event is not to blame.
        catch (Exception exception)
        {
            new ConsoleLogger(context.AwsRequestId).LogFailure(exception);
            await _api.ReportErrorAsync(context.AwsRequestId, exception);
            return;
        }

        try
        {
            await _api.RespondAsync(context.AwsRequestId, answer);
        }
        // The answer is too long, and only that: unanswered, the invocation would hang until its deadline.
        catch (RuntimeApiClientException exception) when (exception.StatusCode == 413)
        {
            new ConsoleLogger(context.AwsRequestId).LogFailure(exception);
            await _api.ReportErrorAsync(context.AwsRequestId, exception);
        }
    }
}
