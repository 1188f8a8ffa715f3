namespace PostureScanner.Tests.Aws.Pacing;

/// <summary>A clock on which waiting takes no time: it stands still until it is moved, and wakes whoever waited for that.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _elapsed = TimeSpan.FromHours(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
                return _elapsed;
        }
    }

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Move(TimeSpan span)
    {
        Alarm[] due;
        lock (_lock)
        {
            _elapsed += span;
            due = [.. _alarms.Where(a => a.At <= _elapsed).OrderBy(a => a.At)];
            _alarms.RemoveAll(a => due.Contains(a));
        }

        foreach (var alarm in due)
            alarm.Ring();
    }

    /// <summary>Moves on in small steps for as long as something is awaited.</summary>
    public async Task<T> UntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Move(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        return await task;
    }

    private sealed class Alarm(SteppedClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan At { get; private set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._alarms.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    At = clock._elapsed + dueTime;
                    clock._alarms.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
