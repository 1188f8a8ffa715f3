using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Probes;

/// <summary>One row of a fact table: the fact, and how it is read.</summary>
/// <param name="ReadAsync">Given the fact that is wanted: the row's own, or a member of its family.</param>
/// <param name="IsFree">Whether reading it now would ask nothing more of AWS; null where it always would.</param>
/// <param name="Join">Set where the reading may need the other resources of the account.</param>
internal sealed record FactRow<TSubject>(
    Fact Fact,
    Func<Reads<TSubject>, Fact, Task<Reading<FactValue>>> ReadAsync,
    Func<Reads<TSubject>, bool>? IsFree = null,
    Join<TSubject>? Join = null);

/// <summary>How a reading is completed when all resources of the account have been asked.</summary>
/// <param name="Waits">Whether the resource, now that it has been read, needs the others; one that does not is given at once.</param>
internal sealed record Join<TSubject>(Func<TSubject, bool> Waits, Func<TSubject, Reading<FactValue>, Task<Reading<FactValue>>> CompleteAsync);
