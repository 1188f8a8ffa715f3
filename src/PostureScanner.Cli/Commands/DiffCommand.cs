using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture diff</c>: what is otherwise in one state than in another, without AWS.</summary>
internal static class DiffCommand
{
    private const string Json = "json";

    private const string Description = "Compares two states, however far apart, and says what changed. Asks nothing of AWS.";

    private const string More = """
        BEFORE and AFTER are states that 'posture scan --state' has written: the file, or its folder.

        Examples:
          posture diff state-of-monday.json ./posture-state
          aws s3 cp s3://our-state/posture/state.json monday.json

        Exit codes: 0 nothing changed; 1 something did; 2 a state cannot be read.
        """;

    public static Command Make(Terminal terminal)
    {
        var before = new Argument<string>("BEFORE") { Description = "The earlier state." };
        var after = new Argument<string>("AFTER") { Description = "The later state." };
        var format = new Option<string?>("--format")
        {
            Description = "text for people, json (posture-diff/v1) for programs. Default: text.",
            HelpName = "text|json",
            CustomParser = result => AwsOptions.Word(result, new Dictionary<string, string?>(StringComparer.Ordinal) { ["text"] = "text", [Json] = Json }),
        };
        var command = new HelpfulCommand("diff", Description, More) { before, after, format };
        command.SetAction(parsed =>
        {
            if (Read(parsed.GetRequiredValue(before), terminal) is not { } then || Read(parsed.GetRequiredValue(after), terminal) is not { } now)
                return ExitCode.Usage;
            var changes = SnapshotDiff.Of(then, now, AwsComposition.Vocabulary);
            if (parsed.GetValue(format) == Json)
            {
                StreamText.Write(terminal.Out, stream => ChangeJson.WriteDiff(then, now, changes, stream));
            }
            else
            {
                ChangesText.WriteAll(changes, terminal.Out, terminal.OutColour);
                terminal.Out.Write($"{Printable.Count(changes.Length, "change")} from {Instants.Format(then.StartedAt)} to {Instants.Format(now.StartedAt)}\n");
            }

            return changes.IsEmpty ? ExitCode.Nothing : ExitCode.Findings;
        });
        return command;
    }

    private static Snapshot? Read(string place, Terminal terminal)
    {
        var path = Path.GetFullPath(place, terminal.Folder);
        try
        {
            using var stream = File.OpenRead(Directory.Exists(path) ? Path.Combine(path, "state.json") : path);
            return SnapshotJson.Read(stream);
        }
        catch (Exception exception) when (exception is SnapshotException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(Printable.Of($"posture: {place}: {exception.Message}"));
            return null;
        }
    }
}
