using System.Diagnostics.CodeAnalysis;

namespace PostureScanner.Core.Facts;

/// <summary>The three things AWS can leave us with.</summary>
public enum ReadingState
{
    /// <summary>AWS did not answer. First, so that a forgotten reading is neither pass nor fail.</summary>
    Unknown,

    /// <summary>AWS answered with a value.</summary>
    Known,

    /// <summary>AWS answered: not configured.</summary>
    Absent,
}

/// <summary>The call a reading came from, when it was answered, and by which request.</summary>
/// <param name="Call">The operation, such as <c>dynamodb:DescribeTable</c>.</param>
/// <param name="Note">What a reader must know to weigh the reading.</param>
public sealed record Origin(string Call, DateTimeOffset ObservedAt, string? RequestId = null, string? Note = null);

/// <summary>Why there is no answer.</summary>
/// <param name="Operation">The operation that was asked, such as <c>dynamodb:DescribeTable</c>.</param>
/// <param name="Code">AWS's error code, or ours where AWS said nothing (<c>NoAnswer</c>, <c>OutOfTime</c>).</param>
public sealed record NotRead(string Operation, string Code, string Reason);

/// <summary>An answer from AWS, or the lack of one: Known, Absent or Unknown. The same type serves whole answers and single facts.</summary>
public readonly record struct Reading<T>
{
    private readonly T? _value;

    private Reading(ReadingState state, T? value, Origin? origin, NotRead? notRead)
    {
        State = state;
        _value = value;
        Origin = origin;
        NotRead = notRead;
    }

    public ReadingState State { get; }

    /// <summary>Null only where nothing was asked.</summary>
    public Origin? Origin { get; }

    /// <summary>Set where <see cref="State"/> is Unknown and something was asked.</summary>
    public NotRead? NotRead { get; }

    public T Value => State == ReadingState.Known
        ? _value!
        : throw new InvalidOperationException($"A reading that is {State} has no value.");

    public static Reading<T> Known(T value, Origin origin) => new(ReadingState.Known, value, origin, null);

    public static Reading<T> Absent(Origin origin) => new(ReadingState.Absent, default, origin, null);

    public static Reading<T> Unknown(NotRead notRead, DateTimeOffset observedAt) =>
        new(ReadingState.Unknown, default, new Origin(notRead.Operation, observedAt), notRead);

    public bool IsKnown([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return State == ReadingState.Known;
    }

    /// <summary>Looks into a Known reading; null from <paramref name="select"/> means "not configured". Absent and Unknown stay what they are.</summary>
    public Reading<TResult> Select<TResult>(Func<T, Origin, TResult?> select)
        where TResult : class =>
        State switch
        {
            ReadingState.Known => select(_value!, Origin!) is { } result ? Reading<TResult>.Known(result, Origin!) : Reading<TResult>.Absent(Origin!),
            _ => As<TResult>(),
        };

    /// <summary>Where "not configured" is itself a value, such as "no rules": Absent becomes Known.</summary>
    public Reading<T> OrElse(T whenAbsent) => State == ReadingState.Absent ? Known(whenAbsent, Origin!) : this;

    /// <summary>The same Absent or Unknown, of another type.</summary>
    public Reading<TResult> As<TResult>() => State == ReadingState.Known
        ? throw new InvalidOperationException("A known reading cannot change its type.")
        : new Reading<TResult>(State, default, Origin, NotRead);

    /// <summary>The same reading with a note to its reader.</summary>
    public Reading<T> Noting(string? note) => note is null || Origin is null ? this : new(State, _value, Origin with { Note = note }, NotRead);
}
