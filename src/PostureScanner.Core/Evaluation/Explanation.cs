using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evaluation;

/// <summary>Says in a sentence what was read and what was required.</summary>
internal static class Explanation
{
    public static string Of(Policy policy, Sheet sheet, Verdict verdict)
    {
        var sentence = Sentence(policy, sheet, verdict);
        if (verdict == Verdict.NotApplicable)
            return sentence;
        // A note weighs on the verdict even where the sentence does not name its fact, as those of 'when' it does not.
        var notes = policy.Facts
            .Select(f => (f.Name, sheet[f].Origin?.Note))
            .Where(n => n.Note is not null && !sentence.Contains(n.Note, StringComparison.Ordinal))
            .Select(n => $" ({n.Name}: {n.Note})");
        return sentence + string.Concat(notes);
    }

    private static string Sentence(Policy policy, Sheet sheet, Verdict verdict) => verdict switch
    {
        Verdict.Pass => Passing(policy.Require, sheet),
        Verdict.NotApplicable => $"does not apply: {Deciding(policy.When!, sheet)}",
        Verdict.Unknown when policy.When?.Evaluate(sheet) == Truth.Unknown => $"whether it applies is unknown: {Deciding(policy.When, sheet)}",
        _ => Unmet(policy.Require, sheet),
    };

    /// <summary>A condition as a requirement, for people who ask what a policy says.</summary>
    public static string Required(Condition condition) => condition switch
    {
        Condition.Comparison comparison => $"{comparison.Fact.Name} must {comparison.Phrase}",
        Condition.All all => string.Join(" and ", all.Parts.Select(Grouped)),
        Condition.Any any => string.Join(" or ", any.Parts.Select(Grouped)),
        Condition.Not { Part: Condition.Comparison comparison } => $"{comparison.Fact.Name} must {comparison.Opposite}",
        Condition.Not not => $"not ({Required(not.Part)})",
        _ => throw new InvalidOperationException($"{condition.GetType().Name} has no words."),
    };

    private static string Grouped(Condition condition) => condition is Condition.All or Condition.Any ? $"({Required(condition)})" : Required(condition);

    // Only the parts that do not hold are named: in a failing "all" the passing parts are noise at three in the morning.
    private static string Unmet(Condition condition, Sheet sheet) => condition switch
    {
        Condition.Comparison comparison => $"{Read(comparison.Fact, sheet)}, must {comparison.Phrase}",
        Condition.All all => string.Join("; ", Worst(all.Parts, sheet).Select(p => Unmet(p, sheet))),
        Condition.Any any when OneFact(any) is { } fact => $"{Read(fact, sheet)}, must {string.Join(" or ", any.Parts.Cast<Condition.Comparison>().Select(c => c.Phrase))}",
        Condition.Any any => string.Join(", or ", any.Parts.Select(p => Unmet(p, sheet))),
        Condition.Not { Part: Condition.Comparison comparison } => $"{Read(comparison.Fact, sheet)}, must {comparison.Opposite}",
        Condition.Not not => $"{ReadAll(not, sheet)}, must be otherwise: {Required(not)}",
        _ => throw new InvalidOperationException($"{condition.GetType().Name} has no words."),
    };

    // Where something is false, that decides; what is merely unknown beside it does not.
    private static IEnumerable<Condition> Worst(IEnumerable<Condition> parts, Sheet sheet)
    {
        var judged = parts.Select(p => (Part: p, Truth: p.Evaluate(sheet))).ToList();
        var worst = judged.Min(j => j.Truth);
        return judged.Where(j => j.Truth == worst).Select(j => j.Part);
    }

    /// <summary>The fact that all of several comparisons are about, where it is one.</summary>
    private static Fact? OneFact(Condition.Any any) =>
        any.Parts.All(p => p is Condition.Comparison) && any.Facts.DistinctBy(f => f.Name, StringComparer.Ordinal).Count() == 1 ? any.Facts.First() : null;

    /// <summary>What was read of the facts that decide, without what they had to be.</summary>
    private static string Deciding(Condition condition, Sheet sheet) => condition switch
    {
        Condition.All all => string.Join("; ", Worst(all.Parts, sheet).Select(p => Deciding(p, sheet))),
        _ => ReadAll(condition, sheet),
    };

    private static string Passing(Condition condition, Sheet sheet) => condition switch
    {
        Condition.Any any => ReadAll(any.Parts.First(p => p.Evaluate(sheet) == Truth.True), sheet),
        _ => ReadAll(condition, sheet),
    };

    private static string ReadAll(Condition condition, Sheet sheet) =>
        string.Join("; ", condition.Facts.DistinctBy(f => f.Name, StringComparer.Ordinal).Select(f => Read(f, sheet)));

    private static string Read(Fact fact, Sheet sheet)
    {
        var reading = sheet[fact];
        var text = reading.State switch
        {
            ReadingState.Known => $"{fact.Name} is {reading.Value}",
            ReadingState.Absent => $"{fact.Name} is not configured",
            _ when reading.NotRead is { } notRead => $"{fact.Name} could not be read ({notRead.Operation}: {notRead.Code})",
            _ => $"{fact.Name} could not be read",
        };
        return reading.Origin?.Note is { } note ? $"{text} ({note})" : text;
    }
}
