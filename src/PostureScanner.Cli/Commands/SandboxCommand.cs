using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Sandbox;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture sandbox</c>: only the loopback endpoint, for trying things.</summary>
internal static class SandboxCommand
{
    private const string Description = "Serves a loopback AWS endpoint with an estate in it, until it is interrupted. The AWS CLI, boto3 and Terraform can talk to it.";

    private const string More = """
        Examples:
          posture sandbox --port 4000
          AWS_ENDPOINT_URL=http://127.0.0.1:4000 AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x posture scan --regions eu-west-1,eu-central-1
        """;

    public static Command Make(Terminal terminal)
    {
        var port = new Option<int>("--port") { Description = "The port to listen on; 0 lets the system choose.", HelpName = "N" };
        var estate = new Option<string?>("--estate") { Description = "A file that describes what the sandbox holds. Default: the demo's estate.", HelpName = "FILE" };
        var command = new HelpfulCommand("sandbox", Description, More) { port, estate };
        command.SetAction(async (parsed, cancelled) =>
        {
            await using var sandbox = await StartAsync(Estate(parsed.GetValue(estate), terminal), parsed.GetValue(port), terminal, cancelled);
            await terminal.Out.WriteLineAsync($"{sandbox.Url.ToString().TrimEnd('/')}");
            await terminal.Out.FlushAsync(cancelled);
            await terminal.Error.WriteLineAsync("posture: serving; stop with Ctrl-C");
            var stopped = new TaskCompletionSource();
            await using (cancelled.Register(stopped.SetResult))
                await stopped.Task;
            return ExitCode.Nothing;
        });
        return command;
    }

    private static async Task<SandboxServer> StartAsync(Estate estate, int port, Terminal terminal, CancellationToken cancelled)
    {
        if (port is < 0 or > 65535)
            throw new SettingsException($"--port {port} is no port; there are 1 to 65535, and 0 lets the system choose");
        try
        {
            return await SandboxServer.StartAsync(estate, new SandboxOptions { Port = port, Clock = terminal.Clock }, cancelled);
        }
        catch (IOException exception)
        {
            throw new SettingsException($"--port {port} cannot be listened on: {exception.Message}", exception);
        }
    }

    private static Estate Estate(string? path, Terminal terminal)
    {
        if (path is null)
            return Sandbox.Estate.Demo();
        try
        {
            return Sandbox.Estate.Parse(File.ReadAllText(Path.GetFullPath(path, terminal.Folder)), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EstateException)
        {
            throw new SettingsException(exception.Message, exception);
        }
    }
}
