using System.Collections.Immutable;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Sources.Probes;

/// <summary>The fact table of one kind, and the words its rows are written in.</summary>
/// <param name="incarnation">Names of facts that differ between a resource and another created later under its name.</param>
internal abstract class FactRows<TSubject>(string kind, ImmutableArray<Call> listing, ImmutableArray<string> incarnation = default, RestoreWindow? window = null)
{
    private FactTable? _table;

    public FactTable Table => _table ??= new FactTable(kind, listing, Rows.Select(r => r.Fact), incarnation, window) { WhenGone = WhenGone, Copies = Copies, Created = Created, ResourceDimension = ResourceDimension };

    public abstract ImmutableArray<FactRow<TSubject>> Rows { get; }

    /// <summary>The fact that names the other regions in which a resource has copies under its own name; null where the kind has none.</summary>
    protected virtual string? Copies => null;

    /// <summary>The fact that says when a resource was created; null where the kind has none.</summary>
    protected virtual string? Created => null;

    /// <summary>As the service's own metrics name the resource.</summary>
    protected abstract string ResourceDimension { get; }

    /// <summary>How a resource that is gone can be had back, from what was last read of it.</summary>
    protected abstract string WhenGone(Resource resource, IReadOnlyDictionary<string, FactValue?> facts, DateTimeOffset lastSeen);

    /// <summary>Every member of a fact family that was seen of a resource, whether a policy names it or not.</summary>
    public virtual Task<ImmutableArray<string>> MembersAsync(Reads<TSubject> reads) => Task.FromResult(ImmutableArray<string>.Empty);

    /// <summary>The row a fact is read by: its own, or its family's.</summary>
    public FactRow<TSubject> RowOf(Fact fact) => Rows.First(r => r.Fact.IsFamily
        ? fact.Name.StartsWith(r.Fact.Prefix, StringComparison.Ordinal)
        : r.Fact.Name == fact.Name);

    /// <summary>A row read from one probe's answer; null from <paramref name="read"/> means "not configured".</summary>
    protected static FactRow<TSubject> From<TAnswer>(
        Probe<TSubject, TAnswer> probe, string name, FactType type, string meaning, Func<TAnswer, Origin, FactValue?> read, string? whenAbsent = null, Worse? worse = null) =>
        new(new Fact(name, type, meaning, [probe.Call], whenAbsent, worse), async (reads, _) => (await reads.OfAsync(probe)).Select(read), reads => reads.HasAsked(probe));

    /// <summary>A flag that protects nothing: switched off, nothing is weaker.</summary>
    protected static FactRow<TSubject> Neutral<TAnswer>(Probe<TSubject, TAnswer> probe, string name, string meaning, Func<TAnswer, bool> read) =>
        From(probe, name, FactType.Flag, meaning, (answer, _) => FactValue.Of(read(answer)));

    protected static FactRow<TSubject> Flag<TAnswer>(
        Probe<TSubject, TAnswer> probe, string name, string meaning, Func<TAnswer, bool?> read, string? whenAbsent = null) =>
        From(probe, name, FactType.Flag, meaning, (answer, _) => read(answer) is { } value ? FactValue.Of(value) : null, whenAbsent, Worse.False);

    protected static FactRow<TSubject> Text<TAnswer>(
        Probe<TSubject, TAnswer> probe, string name, string meaning, Func<TAnswer, string?> read, string? whenAbsent = null, Worse? worse = null) =>
        From(probe, name, FactType.Text, meaning, (answer, _) => string.IsNullOrEmpty(read(answer)) ? null : FactValue.Of(read(answer)!), whenAbsent, worse);

    protected static FactRow<TSubject> Number<TAnswer>(
        Probe<TSubject, TAnswer> probe, string name, string meaning, Func<TAnswer, long?> read) =>
        From(probe, name, FactType.Number, meaning, (answer, _) => read(answer) is { } value ? FactValue.Of(value) : null);

    protected static FactRow<TSubject> Days<TAnswer>(
        Probe<TSubject, TAnswer> probe, string name, string meaning, Func<TAnswer, int?> read, string whenAbsent, Worse? worse = null) =>
        From(probe, name, FactType.Duration, meaning, (answer, _) => read(answer) is { } days ? FactValue.Of(Spans.Days(days)) : null, whenAbsent, worse);

    protected static FactRow<TSubject> Instant<TAnswer>(
        Probe<TSubject, TAnswer> probe, string name, string meaning, Func<TAnswer, DateTime?> read, string? whenAbsent = null) =>
        From(probe, name, FactType.Instant, meaning, (answer, _) => Moment(read(answer)) is { } at ? FactValue.Of(at) : null, whenAbsent);

    /// <summary>How long ago a moment was, against the moment of observation.</summary>
    protected static FactRow<TSubject> Age<TAnswer>(
        Probe<TSubject, TAnswer> probe, string name, string meaning, Func<TAnswer, DateTime?> read, string? whenAbsent = null) =>
        From(probe, name, FactType.Duration, meaning, (answer, origin) => Moment(read(answer)) is { } at ? FactValue.Of(NotNegative(origin.ObservedAt - at)) : null, whenAbsent);

    protected static DateTimeOffset? Moment(DateTime? moment) => moment is { } at ? new DateTimeOffset(at.ToUniversalTime()) : null;

    protected static TimeSpan NotNegative(TimeSpan duration) => duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
}
