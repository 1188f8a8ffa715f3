using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Probes;

/// <summary>One row of a fact table: the fact, and how it is read.</summary>
/// <param name="ReadAsync">Given the fact that is wanted: the row's own, or a member of its family.</param>
/// <param name="IsFree">Whether reading it now would ask nothing more of AWS; null where it always would.</param>
/// <param name="Join">Set where the reading needs the other resources of the account: called once all of them have been asked.</param>
internal sealed record FactRow<TSubject>(
    Fact Fact,
    Func<Reads<TSubject>, Fact, Task<Reading<FactValue>>> ReadAsync,
    Func<Reads<TSubject>, bool>? IsFree = null,
    Func<TSubject, Reading<FactValue>, Reading<FactValue>>? Join = null);
