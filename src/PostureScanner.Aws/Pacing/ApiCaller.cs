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
    private const int Attempts = 3;

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
        var started = clock.GetTimestamp();
        var gate = _gates.GetOrAdd(api.Endpoint, static (_, count) => new SemaphoreSlim(count), concurrency);
        Fault? last = null;
        for (int attempt = 1, throttled = 0; attempt <= Attempts;)
        {
            if (_silence.Has(api))
                return Unknown<TResponse>(api, Fault.NoAnswer, $"{api.Endpoint.Service} in {api.Region} does not answer");

            try
            {
                await pacer.EnterAsync(api, stopReading);
                await gate.WaitAsync(stopReading);
                try
                {
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopReading);
                    limit.CancelAfter(patience / Attempts);
                    tally.CountSent(api.Operation);
                    var response = await send(limit.Token);
                    if (isWhole?.Invoke(response) == false)
                        throw new UnreadableAnswerException("the answer lacks what this operation always gives");
                    _silence.Answered(api, clock.GetTimestamp());
                    return Reading<TResponse>.Known(response, new Origin(api.Operation, Now, response.ResponseMetadata?.RequestId));
                }
                finally
                {
                    gate.Release();
                }
            }
            catch (OperationCanceledException) when (stopReading.IsCancellationRequested)
            {
                return Unknown<TResponse>(api, "OutOfTime", "not read: out of time");
            }
            // Broad on purpose: whatever a call throws is a reading that is Unknown, and Fault says why.
            catch (Exception exception)
            {
                last = Fault.Of(exception);
                if (last.Sort is FaultSort.Answer or FaultSort.Throttle)
                    _silence.Answered(api, clock.GetTimestamp());
                if (last.Sort == FaultSort.Answer)
                    return absentCodes.Contains(last.Code, StringComparer.Ordinal) ? Reading<TResponse>.Absent(Origin(api, exception)) : Unknown<TResponse>(api, last.Code, last.Reason);
            }

            if (last.Sort == FaultSort.Throttle)
            {
                // Throttling only costs time; it never uses up an attempt.
                tally.CountThrottled();
                pacer.Throttled(api);
                throttled++;
            }
            else
            {
                attempt++;
            }

            if (last.Sort != FaultSort.Silent && !await PauseAsync(attempt + throttled, stopReading))
                return Unknown<TResponse>(api, "OutOfTime", "not read: out of time");
        }

        if (last!.Sort == FaultSort.Silent)
            _silence.NoAnswer(api, started);
        return Unknown<TResponse>(api, last.Code, last.Reason);
    }

    public Reading<T> Unknown<T>(Api api, string code, string reason) => Reading<T>.Unknown(new NotRead(api.Operation, code, reason), Now);

    private Origin Origin(Api api, Exception exception) => new(api.Operation, Now, (exception as AmazonServiceException)?.RequestId);

    // Half of the pause is chance, so that many calls do not come back in step.
    private async Task<bool> PauseAsync(int repetition, CancellationToken stopReading)
    {
        var full = FirstPause * Math.Pow(2, Math.Min(repetition, 10));
        var pause = (full < LongestPause ? full : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
        try
        {
            await Task.Delay(pause, clock, stopReading);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
