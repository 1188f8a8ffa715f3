using System.Collections.Concurrent;
using System.Collections.Immutable;
using Amazon.Runtime;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Pacing;

/// <summary>
/// The one place where AWS is asked: paces, counts, repeats, gives up in bounded time, and turns every outcome into a reading.
/// The SDK's own retries are off, because its retry quota turns throttling into failures.
/// </summary>
/// <param name="patience">How long one call may go without an answer, its repetitions included.</param>
/// <param name="concurrency">Calls under way at once per service, account and region.</param>
internal sealed class ApiCaller(Pacer pacer, CallTally tally, TimeProvider clock, TimeSpan patience, int concurrency = 32)
{
    /// <summary>One silence is worth a third of all patience.</summary>
    private const int SilentAttempts = 3;

    private const int TransientAttempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Silence _silence = new();
    private readonly ConcurrentDictionary<object, SemaphoreSlim> _gates = new();

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Asks until there is an answer, a final error, or no more patience. Never throws for what AWS or the network does.</summary>
    /// <param name="absentCodes">Error codes by which this operation says "not configured".</param>
    /// <param name="isWhole">Whether an answer holds what the operation always gives; null where every answer does.</param>
    public async Task<Reading<TResponse>> AskAsync<TResponse>(
        Api api, Func<CancellationToken, Task<TResponse>> send, ImmutableArray<string> absentCodes, Func<TResponse, bool>? isWhole, CancellationToken stopReading)
        where TResponse : AmazonWebServiceResponse
    {
        for (int transient = 0, throttled = 0; ;)
        {
            var (answer, fault, requestId) = await AskInTurnAsync(api, send, isWhole, stopReading);
            if (fault is null)
                return Reading<TResponse>.Known(answer!, new Origin(api.Operation, Now, requestId));
            if (stopReading.IsCancellationRequested)
                return Unknown<TResponse>(api, "OutOfTime", "not read: out of time");

            switch (fault.Sort)
            {
                case FaultSort.Answer when absentCodes.Contains(fault.Code, StringComparer.Ordinal):
                    return Reading<TResponse>.Absent(new Origin(api.Operation, Now, requestId));
                case FaultSort.Answer:
                case FaultSort.Silent:
                case FaultSort.Transient when ++transient == TransientAttempts:
                    return Unknown<TResponse>(api, fault.Code, fault.Reason);
                case FaultSort.Throttle:
                    // Throttling only costs time; it never uses up an attempt.
                    tally.CountThrottled();
                    pacer.Throttled(api);
                    throttled++;
                    break;
            }

            await PauseAsync(transient + throttled, stopReading);
        }
    }

    /// <summary>Waits for a turn and keeps it through silent repetitions: whoever waits behind then finds out without a wait of its own.</summary>
    private async Task<(TResponse? Answer, Fault? Fault, string? RequestId)> AskInTurnAsync<TResponse>(
        Api api, Func<CancellationToken, Task<TResponse>> send, Func<TResponse, bool>? isWhole, CancellationToken stopReading)
        where TResponse : AmazonWebServiceResponse
    {
        var gate = _gates.GetOrAdd(api.Endpoint, static (_, count) => new SemaphoreSlim(count), concurrency);
        try
        {
            await pacer.EnterAsync(api, stopReading);
            await gate.WaitAsync(stopReading);
        }
        catch (OperationCanceledException exception)
        {
            return (null, Fault.Of(exception), null);
        }

        try
        {
            var started = clock.GetTimestamp();
            for (var attempt = 1; ; attempt++)
            {
                if (_silence.Has(api))
                    return (null, new Fault(FaultSort.Silent, Fault.NoAnswer, $"{api.Endpoint.Service} in {api.Region} does not answer"), null);
                var outcome = await AskOnceAsync(api, send, isWhole, stopReading);
                if (outcome.Fault?.Sort != FaultSort.Silent || stopReading.IsCancellationRequested)
                    return outcome;
                if (attempt < SilentAttempts)
                    continue;
                _silence.NoAnswer(api, started);
                return outcome;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<(TResponse? Answer, Fault? Fault, string? RequestId)> AskOnceAsync<TResponse>(
        Api api, Func<CancellationToken, Task<TResponse>> send, Func<TResponse, bool>? isWhole, CancellationToken stopReading)
        where TResponse : AmazonWebServiceResponse
    {
        try
        {
            using var timeout = new CancellationTokenSource(patience / SilentAttempts, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopReading, timeout.Token);
            tally.CountSent(api.Operation);
            var response = await send(limit.Token);
            _silence.Answered(api, clock.GetTimestamp());
            var fault = isWhole?.Invoke(response) == false ? Fault.Of(new UnreadableAnswerException("the answer lacks what this operation always gives")) : null;
            return (response, fault, response.ResponseMetadata?.RequestId);
        }
        // Broad on purpose: whatever a call throws is a reading that is Unknown, and Fault says why.
        catch (Exception exception)
        {
            var fault = Fault.Of(exception);
            if (fault.Code != Fault.NoAnswer)
                _silence.Answered(api, clock.GetTimestamp());
            return (null, fault, (exception as AmazonServiceException)?.RequestId);
        }
    }

    /// <summary>An answer came, and makes no sense.</summary>
    public Reading<T> Unreadable<T>(string operation, string reason) => Reading<T>.Unknown(new NotRead(operation, Fault.UnreadableAnswer, reason), Now);

    public Reading<T> Unknown<T>(Api api, string code, string reason) => Reading<T>.Unknown(new NotRead(api.Operation, code, reason), Now);

    // Half of the pause is chance, so that many calls do not come back in step.
    private async Task PauseAsync(int repetition, CancellationToken stopReading)
    {
        var full = FirstPause * Math.Pow(2, Math.Min(repetition, 10));
        var pause = (full < LongestPause ? full : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
        await Task.Delay(pause, clock, stopReading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
