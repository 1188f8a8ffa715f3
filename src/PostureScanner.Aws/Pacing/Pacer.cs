using System.Collections.Concurrent;

namespace PostureScanner.Aws.Pacing;

/// <summary>Spreads calls over time, and slows an operation down when AWS throttles it.</summary>
internal sealed class Pacer(Pace pace, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Api, Lane> _lanes = new();

    /// <summary>Waits until the operation may be called.</summary>
    public ValueTask EnterAsync(Api api, CancellationToken cancellationToken)
    {
        var wait = LaneOf(api).Reserve(clock.GetTimestamp(), clock);
        return wait <= TimeSpan.Zero ? ValueTask.CompletedTask : new ValueTask(Task.Delay(wait, clock, cancellationToken));
    }

    /// <summary>AWS has throttled the operation.</summary>
    public void Throttled(Api api) => LaneOf(api).Cut(clock.GetTimestamp(), clock);

    private Lane LaneOf(Api api) => _lanes.GetOrAdd(api, static (key, pace) => new Lane(DocumentedRates.Of(key.Operation, pace)), pace);

    /// <summary>The calls of one operation, one behind the other.</summary>
    /// <param name="ceiling">Calls a second; infinity where AWS documents none.</param>
    private sealed class Lane(double ceiling)
    {
        /// <summary>Half a second's worth may go at once; more would eat into the quota that others use.</summary>
        private const double BurstSeconds = 0.5;

        /// <summary>Calls a second below which no throttle drives us: a rarely called operation would come to a standstill.</summary>
        private const double Slowest = 1;

        private static readonly TimeSpan CutLasts = TimeSpan.FromSeconds(30);
        private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

        private readonly Lock _lock = new();
        private double? _cutRate;
        private long? _cutAt;
        private double _next = double.NegativeInfinity;
        private long _windowStart;
        private int _inWindow;
        private int _inLastWindow;

        public TimeSpan Reserve(long now, TimeProvider clock)
        {
            lock (_lock)
            {
                Count(now, clock);
                if (_cutAt is { } cut && clock.GetElapsedTime(cut, now) >= CutLasts)
                {
                    _cutAt = null;
                    _cutRate = null;
                }

                var rate = _cutRate ?? ceiling;
                if (double.IsPositiveInfinity(rate))
                    return TimeSpan.Zero;

                var seconds = (double)now / clock.TimestampFrequency;
                var slot = Math.Max(_next, seconds - BurstSeconds);
                _next = slot + (1 / rate);
                return TimeSpan.FromSeconds(Math.Max(0, slot - seconds));
            }
        }

        public void Cut(long now, TimeProvider clock)
        {
            lock (_lock)
            {
                // Calls that were under way together are throttled together: that is one message, not many.
                if (_cutAt is { } cut && clock.GetElapsedTime(cut, now) < Second)
                    return;
                _cutAt = now;
                _cutRate = Math.Max(Slowest, Math.Min(_cutRate ?? ceiling, Math.Max(_inWindow, _inLastWindow)) / 2);
                _next = Math.Max(_next, (double)now / clock.TimestampFrequency);
            }
        }

        // What was really sent in a second: the only measure where AWS documents no rate.
        private void Count(long now, TimeProvider clock)
        {
            var elapsed = clock.GetElapsedTime(_windowStart, now);
            if (elapsed >= Second)
            {
                _inLastWindow = elapsed < Second * 2 ? _inWindow : 0;
                _inWindow = 0;
                _windowStart = now;
            }

            _inWindow++;
        }
    }
}
