using System.CommandLine;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture check</c>: reads policies and waivers and runs every example, without AWS.</summary>
internal static class CheckCommand
{
    private const string Description = "Reads every policy and waiver and runs every example. Asks nothing of AWS.";

    private const string More = """
        Examples:
          posture check ./our-policies
          posture check                 the shipped policies

        Exit codes: 0 all is well; 2 there are problems, each printed as file:line:col: message.
        """;

    public static Command Make(Terminal terminal)
    {
        var folders = new Argument<string[]>("DIR") { Description = "Folders or files with policies. Default: the shipped policies.", Arity = ArgumentArity.ZeroOrMore };
        var waivers = new Option<string[]>("--waivers") { Description = "File with accepted exceptions. Repeatable.", HelpName = "FILE" };
        var command = new HelpfulCommand("check", Description, More) { folders, waivers };
        command.SetAction(parsed =>
        {
            if (PolicyOptions.Open(parsed.GetValue(folders) ?? [], plans: [], parsed.GetValue(waivers) ?? [], terminal) is not { } set)
                return ExitCode.Usage;
            terminal.Out.WriteLine(
                $"{Printable.Count(set.Policies.Length, "policy")}, {Printable.Count(set.Policies.Sum(p => p.Examples.Length), "example")}, {Printable.Count(set.Waivers.Length, "waiver")}: all is well.");
            return ExitCode.Nothing;
        });
        return command;
    }
}
