using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture diff</c>: what is otherwise in one state than in another, without AWS.</summary>
internal static class DiffCommand
{
    private const string Json = "json";

    private const string Description = "Compares two scans by their states or their evidence, however far apart, and says what changed. Asks nothing of AWS.";

    private const string More = """
        BEFORE and AFTER are states that 'posture scan --state' has written, the file or its folder; or what 'posture scan --evidence' has kept: a package's folder, or the root for its newest.

        Examples:
          posture diff state-of-monday.json ./posture-state
          posture diff evidence/scans/2026/11/20/20261120T080000Z-3f2a9c0d11e84b57 ./evidence

        Exit codes: 0 nothing changed; 1 something did; 2 one cannot be read.
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
        command.SetAction(async (parsed, cancelled) =>
        {
            if (await ReadAsync(parsed.GetRequiredValue(before), terminal, cancelled) is not { } then || await ReadAsync(parsed.GetRequiredValue(after), terminal, cancelled) is not { } now)
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

    private static async Task<Snapshot?> ReadAsync(string place, Terminal terminal, CancellationToken cancelled)
    {
        var path = Path.GetFullPath(place, terminal.Folder);
        try
        {
            if (await OfEvidenceAsync(path, terminal, cancelled) is { } recorded)
                return recorded;
            return SnapshotJson.Read(await File.ReadAllBytesAsync(Directory.Exists(path) ? Path.Combine(path, "state.json") : path, cancelled));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            await terminal.Error.WriteLineAsync($"posture: {Printable.Of(place)} is neither a state, nor a folder with one, nor evidence, nor a package of it");
            return null;
        }
        catch (Exception exception) when (exception is SnapshotException or EvidenceException or IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync(Printable.Of($"posture: {place}: {exception.Message}"));
            return null;
        }
    }

    /// <summary>A package's folder, or the root of evidence for its newest; null where the path is neither.</summary>
    private static async Task<Snapshot?> OfEvidenceAsync(string path, Terminal terminal, CancellationToken cancelled)
    {
        string? manifest = null;
        var root = path;
        if (File.Exists(Path.Combine(path, Manifest.FileName)))
        {
            // scans/YYYY/MM/DD/package
            root = Path.GetFullPath(Path.Combine(path, "..", "..", "..", "..", ".."));
            manifest = Path.GetRelativePath(root, Path.Combine(path, Manifest.FileName)).Replace('\\', '/');
        }
        else if (!Directory.Exists(Path.Combine(path, "chain")))
        {
            return null;
        }

        var store = EvidenceStores.Open(root, terminal.Folder, new AwsSettings([], [], Pace.Documented, AwsSettings.DefaultPatience), retention: null, terminal.Clock);
        await foreach (var newest in manifest is null ? EvidencePackage.AllAsync(store, cancelled) : AsyncEnumerable.Empty<string>())
            manifest = newest;
        return manifest is null
            ? throw new EvidenceException($"{root} holds no evidence")
            : await PackageSnapshot.OfAsync(await EvidencePackage.OpenAsync(store, manifest, cancelled), AwsComposition.Vocabulary, cancelled);
    }
}
