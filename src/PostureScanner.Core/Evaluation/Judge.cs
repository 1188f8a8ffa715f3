using PostureScanner.Core.Facts;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Evaluation;

/// <summary>Applies policies to sheets.</summary>
public static class Judge
{
    /// <summary>Every finding about one resource: one for each policy about its kind, whatever the verdict.</summary>
    public static IEnumerable<Finding> Findings(PolicySet set, Sheet sheet, DateTimeOffset now) =>
        set.Policies.Where(p => p.Kind == sheet.Resource.Kind).Select(policy =>
        {
            var verdict = Verdict(policy, sheet);
            var waiver = verdict is Policies.Verdict.Fail or Policies.Verdict.Unknown
                ? set.Waivers.FirstOrDefault(w => w.Covers(policy, sheet.Resource, now))
                : null;
            return new Finding(
                policy,
                sheet.Resource,
                waiver is null ? verdict : Policies.Verdict.Waived,
                waiver,
                [.. policy.Facts.Select(f => sheet[f])],
                Explanation.Of(policy, sheet, verdict));
        });

    /// <summary>Whether a policy does not apply for reasons of which some facts are a part: were they not known, nobody could say so.</summary>
    public static bool IsOutOfScopeBy(IReadOnlySet<string> facts, Finding finding)
    {
        var policy = finding.Policy;
        var readings = policy.Facts.Zip(finding.Readings).ToDictionary(r => r.First.Name, r => facts.Contains(r.First.Name) ? default : r.Second, StringComparer.Ordinal);
        var selection = new FactSelection(policy.Table, policy.Facts);
        return policy.When?.Evaluate(new Sheet(finding.Resource, selection, [.. selection.Facts.Select(f => readings.GetValueOrDefault(f.Name))])) == Truth.Unknown;
    }

    /// <summary>Before waivers. <c>when</c> decides first: where it is Unknown, so is the verdict, whatever <c>require</c> says.</summary>
    public static Verdict Verdict(Policy policy, Sheet sheet) => policy.When?.Evaluate(sheet) switch
    {
        Truth.False => Policies.Verdict.NotApplicable,
        Truth.Unknown => Policies.Verdict.Unknown,
        _ => policy.Require.Evaluate(sheet) switch
        {
            Truth.True => Policies.Verdict.Pass,
            Truth.False => Policies.Verdict.Fail,
            _ => Policies.Verdict.Unknown,
        },
    };
}
