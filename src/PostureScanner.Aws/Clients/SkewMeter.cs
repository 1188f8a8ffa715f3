namespace PostureScanner.Aws.Clients;

/// <summary>Measures how far our clock is ahead of AWS's, by the <c>Date</c> of the answers that pass. It has a second's resolution.</summary>
internal sealed class SkewMeter(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    /// <summary>Beyond it, ages that are counted by our clock would be wrong where it matters.</summary>
    public static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(60);

    /// <summary>Null where no answer had a date.</summary>
    public TimeSpan? Ahead { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Date is { } date)
        {
            var ahead = clock.GetUtcNow() - date;
            // What lies within the resolution is no skew.
            Ahead = ahead.Duration() < TimeSpan.FromSeconds(1) ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Round(ahead.TotalSeconds));
        }

        return response;
    }
}

/// <summary>Our clock, set by AWS's.</summary>
internal sealed class CorrectedClock(TimeProvider inner, TimeSpan ahead) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() - ahead;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
