using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PostureScanner.Cli;

/// <summary>A command whose own help goes on where the list of commands has one line.</summary>
internal sealed class HelpfulCommand(string name, string description, string more) : Command(name, description)
{
    /// <summary>Examples, exit codes, and what else a person at the prompt wants to know.</summary>
    public string More => more;

    /// <summary>Lets <c>--help</c> print it below the options.</summary>
    public static void AppendToHelp(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new WithMore((HelpAction)help.Action!);
    }

    private sealed class WithMore(HelpAction standard) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var exit = standard.Invoke(parseResult);
            if (parseResult.CommandResult.Command is HelpfulCommand command)
                parseResult.InvocationConfiguration.Output.WriteLine(command.More);
            return exit;
        }
    }
}
