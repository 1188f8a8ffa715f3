namespace PostureScanner.Core.Scanning;

/// <summary>
/// When a run has to be over, whatever stays silent. Each stage of its end may take half of what is left, and the last all of it: so none
/// uses up the time of those after it.
/// </summary>
public sealed class Deadline
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan? _left;
    private readonly long _since;

    private Deadline(TimeSpan? left, TimeProvider clock)
    {
        _left = left;
        _clock = clock;
        _since = clock.GetTimestamp();
    }

    /// <summary>Nobody ends the run.</summary>
    public static Deadline None { get; } = new(left: null, TimeProvider.System);

    public static Deadline In(TimeSpan left, TimeProvider clock) => new(left, clock);

    /// <summary>Is signalled when half of the time that is left now is over.</summary>
    public CancellationTokenSource Half() => Share(0.5);

    /// <summary>Is signalled at the deadline.</summary>
    public CancellationTokenSource Rest() => Share(1);

    private CancellationTokenSource Share(double share)
    {
        if (_left is not { } all)
            return new CancellationTokenSource();
        var left = all - _clock.GetElapsedTime(_since);
        return new CancellationTokenSource(left > TimeSpan.Zero ? left * share : TimeSpan.Zero, _clock);
    }
}
