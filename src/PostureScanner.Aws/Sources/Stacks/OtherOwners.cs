using PostureScanner.Aws.Sources.Probes;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources.Stacks;

/// <summary>Where a resource without a stack of its own may yet be some stack's, through others that belong together with it.</summary>
/// <param name="Waits">Whether the resource has such others and no stack of its own, which is known once it has been read.</param>
/// <param name="Of">The owners of the others that have one, in order, and last an Unknown where that of another could not be read.</param>
internal sealed record OtherOwners<TSubject>(Func<TSubject, bool> Waits, Func<TSubject, IEnumerable<Reading<StackOwner>>> Of)
{
    /// <summary>The first of them that is not Absent decides: a stack that is deleted decides nothing while another lives.</summary>
    public Join<TSubject> Join(Func<TSubject, Reading<StackOwner>, Task<Reading<FactValue>>> readAsync) => new(Waits, async (subject, own) =>
    {
        var reading = own;
        foreach (var owner in Of(subject))
        {
            reading = await readAsync(subject, owner);
            if (owner.IsKnown(out var other))
                reading = reading.Noting($"{(reading.Origin?.Note is { } note ? $"{note}; " : "")}read of its replica in {other.Stack.Region}");
            if (reading.State != ReadingState.Absent)
                break;
        }

        return reading;
    });
}
