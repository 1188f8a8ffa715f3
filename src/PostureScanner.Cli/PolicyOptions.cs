using System.Collections.Immutable;
using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli;

/// <summary>The options that say which policies hold, the same on every command that reads policies.</summary>
internal sealed class PolicyOptions
{
    private readonly Option<string[]> _policies = new("--policies")
    {
        Description = "Folder or file with policies, read with everything below it except folders named 'plans'. Repeatable. Default: the shipped policies.",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _plans = new("--plan")
    {
        Description = "Adds the DR plan 'plans/NAME' of a policy folder. Repeatable.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _waivers = new("--waivers")
    {
        Description = "File with accepted exceptions, beside the waivers.yaml of each policy folder. Repeatable.",
        HelpName = "FILE",
    };

    /// <summary>The policies that come with the program.</summary>
    public static string Shipped { get; } = Path.Combine(AppContext.BaseDirectory, "policies");

    public void AddTo(Command command)
    {
        command.Options.Add(_policies);
        command.Options.Add(_plans);
        command.Options.Add(_waivers);
    }

    /// <summary>Reads and proves the policies; null, with every problem written to stderr, where they must not be used.</summary>
    public PolicySet? Open(ParseResult parsed, Terminal terminal) => Open(
        parsed.GetValue(_policies) ?? [], parsed.GetValue(_plans) ?? [], parsed.GetValue(_waivers) ?? [], terminal);

    public static PolicySet? Open(string[] policies, string[] plans, string[] waivers, Terminal terminal)
    {
        ImmutableArray<string> roots = policies.Length == 0 ? [Shipped] : [.. policies.Select(p => Path.GetFullPath(p, terminal.Folder))];
        var missing = new List<Problem>();
        var planFolders = plans.Select(name => PolicyFolder.Plan(name, "--plan", roots, missing)).OfType<string>().ToList();
        var sources = new PolicySources([.. roots, .. planFolders], [.. waivers.Select(w => Path.GetFullPath(w, terminal.Folder))], terminal.Folder);
        var set = PolicyBook.Open(sources, AwsComposition.Vocabulary, terminal.Clock.GetUtcNow(), out var found);

        IReadOnlyList<Problem> problems = [.. missing, .. found];
        if (problems.Count == 0)
            return set;
        foreach (var problem in problems)
            terminal.Error.WriteLine(Printable.Of(problem.ToString()));
        terminal.Error.WriteLine($"{Printable.Count(problems.Count, "problem")}; nothing was asked of AWS.");
        return null;
    }
}
