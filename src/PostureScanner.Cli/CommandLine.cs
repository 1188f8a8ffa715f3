using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Reflection;
using PostureScanner.Aws;
using PostureScanner.Cli.Commands;

namespace PostureScanner.Cli;

/// <summary>The command <c>posture</c>.</summary>
internal static class CommandLine
{
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <param name="interrupted">Somebody wants the run to end. It ends in its own time, so that what was found is kept and told.</param>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken interrupted = default)
    {
        var root = new RootCommand("If something went wrong right now, could we get our data back? posture checks every DynamoDB table and S3 bucket against policies, and says.")
        {
            DemoCommand.Make(terminal),
            ScanCommand.Make(terminal),
            CheckCommand.Make(terminal),
            FactsCommand.Make(terminal),
            ExplainCommand.Make(terminal),
            DiffCommand.Make(terminal),
            EvidenceCommand.Make(terminal),
            DoctorCommand.Make(terminal),
            SandboxCommand.Make(terminal),
        };

        HelpfulCommand.AppendToHelp(root);
        var parsed = root.Parse(args);
        // Who asks for help need not know the arguments yet.
        var isHelp = root.Options.OfType<HelpOption>().Any(help => parsed.GetResult(help) is { Implicit: false });
        if (parsed.Errors.Count > 0 && !isHelp)
        {
            foreach (var error in parsed.Errors)
                await terminal.Error.WriteLineAsync($"posture: {error.Message}");
            await terminal.Error.WriteLineAsync($"Try: {Words(parsed.CommandResult)} --help");
            return ExitCode.Usage;
        }

        try
        {
            // The library's own handling of signals ends the process soon after the first, whatever it is writing.
            var configuration = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            var exit = await parsed.InvokeAsync(configuration, interrupted);
            await terminal.Out.FlushAsync(CancellationToken.None);
            return exit;
        }
        catch (SettingsException exception)
        {
            await terminal.Error.WriteLineAsync($"posture: {exception.Message}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("posture: stopped");
            return ExitCode.Incomplete;
        }
        // A full disk, a closed pipe: where it happened says nothing to anybody.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync($"posture: stopped by this machine, and not by your resources: {exception.Message}");
            return ExitCode.Incomplete;
        }
        // Broad: the last line before the shell. What comes here is a mistake of ours or of the machine, and no verdict about anything.
        catch (Exception exception)
        {
            await terminal.Error.WriteLineAsync($"posture: stopped by an error that is not about your resources: {exception.Message}");
            await terminal.Error.WriteLineAsync(exception.ToString());
            return ExitCode.Incomplete;
        }
    }

    /// <summary>What to type to get to a command: its parents' names and its own.</summary>
    private static string Words(SymbolResult result)
    {
        var names = new Stack<string>();
        for (var at = result; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            names.Push(command.Command.Name);
        return string.Join(' ', names.Prepend("posture"));
    }
}
