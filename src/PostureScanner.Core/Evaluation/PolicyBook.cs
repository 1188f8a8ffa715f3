using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evaluation;

/// <summary>Policies that were read and have proved themselves on their own examples.</summary>
public static class PolicyBook
{
    /// <summary>Reads policies and waivers and runs every example.</summary>
    /// <param name="problems">Every problem of every file, in the order of files and positions; with any, the set is not to be used.</param>
    public static PolicySet Open(PolicySources sources, Vocabulary vocabulary, DateTimeOffset now, out IReadOnlyList<Problem> problems)
    {
        var found = new List<Problem>();
        var set = PolicyFolder.Read(sources, vocabulary, now, found, WrongExamples);
        found.Sort();
        problems = found;
        return set;
    }

    private static IEnumerable<Problem> WrongExamples(Policy policy) =>
        from example in policy.Examples
        let verdict = Judge.Verdict(policy, example.Sheet)
        where verdict != example.Verdict
        select new Problem(
            policy.File, example.Line, example.Column, $"the example's verdict is {verdict.Word()}, not {example.Verdict.Word()}: {Explanation.Of(policy, example.Sheet, verdict)}");
}
