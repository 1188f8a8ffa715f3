using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;

namespace PostureScanner.Core.Reporting;

/// <summary>One policy, for whoever asks what it wants and why.</summary>
public static class PolicyText
{
    public static void Write(Policy policy, TextWriter output, bool colour)
    {
        var ink = new Ink(colour);
        output.Write($"{ink.Bold(policy.Id)}  {ink.Of(policy.Severity, policy.Severity.Word())}  {policy.Mode.Word()}  {policy.Kind}\n");
        output.Write($"{Printable.Flat(policy.Title)}\n\n");
        if (policy.When is { } when)
            output.Write($"applies where  {Printable.Of(Explanation.Required(when))}\n");
        output.Write($"requires       {Printable.Of(Explanation.Required(policy.Require))}\n");
        output.Write($"because        {Printable.Flat(policy.Because)}\n");
        output.Write($"fix            {Printable.Flat(policy.Fix)}\n");
        if (!policy.Controls.IsEmpty)
            output.Write($"controls       {Printable.Of(string.Join(", ", policy.Controls))}\n");
        output.Write($"file           {policy.File}\n\nreads\n");
        foreach (var fact in policy.Facts)
        {
            output.Write($"  {ink.Bold(Printable.Of(fact.Name))}  ({fact.Type.ToString().ToLowerInvariant()}) {fact.Meaning}\n");
            output.Write($"      from {string.Join(", ", fact.Calls.Select(c => c.Permission is null || c.Permission == c.Operation ? c.Operation : $"{c.Operation} ({c.Permission})"))}\n");
        }

        output.Write("\nexamples\n");
        foreach (var example in policy.Examples)
            output.Write($"  {ink.Of(example.Verdict, example.Verdict.Word().PadRight(14))}  {Printable.Of(Explanation.Of(policy, example.Sheet, example.Verdict))}\n");
    }

    /// <summary>"Did you mean" for a policy's id.</summary>
    public static string Hint(string id, PolicySet set) => Nearest.Hint(id, set.Policies.Select(p => p.Id));
}
