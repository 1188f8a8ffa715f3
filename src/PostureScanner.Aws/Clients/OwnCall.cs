using System.Net;
using Amazon.Runtime;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Aws.Clients;

/// <summary>A call to what is ours: the state, the evidence, the key that signs it. Nobody paces it, the SDK repeats it, and it ends.</summary>
internal static class OwnCall
{
    /// <param name="limit">How long it may take with all its repetitions.</param>
    /// <exception cref="OwnCallException">It failed, in whatever way.</exception>
    public static async Task<T> AskAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        try
        {
            return await send(end.Token);
        }
        // Broad, because the SDK gives an answer that it cannot read as whatever its parser throws. One call stands in the try.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new OwnCallException(Fault.Of(exception), exception);
        }
    }
}

/// <summary>A call to what is ours that failed.</summary>
internal sealed class OwnCallException(Fault fault, Exception inner) : Exception($"{fault.Code}: {fault.Reason}", inner)
{
    /// <summary>AWS's error code, or ours where AWS gave none.</summary>
    public string Code => fault.Code;

    /// <summary>Null where there was no answer.</summary>
    public HttpStatusCode? Status => (InnerException as AmazonServiceException)?.StatusCode;
}
