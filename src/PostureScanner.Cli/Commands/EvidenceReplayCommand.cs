using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture evidence replay</c>: judges recorded facts again.</summary>
internal static class EvidenceReplayCommand
{
    private const string Description = "Judges the recorded facts again: by the recorded policies, which must give the recorded findings to the byte, or by others, to see what they would have said.";

    private const string More = """
        Examples:
          posture evidence replay ./evidence
          posture evidence replay ./evidence --scan 3f2a9c0d11e84b57
          posture evidence replay ./evidence --policies ./stricter

        Exit codes: 0 the same; 1 different; 2 bad usage or policies; 3 something could not be read.
        """;

    public static Command Make(Terminal terminal)
    {
        var root = new EvidenceCommand.Root();
        var scan = new Option<string?>("--scan") { Description = "The scan's id, or its beginning. Default: the newest.", HelpName = "ID" };
        var policies = new Option<string[]>("--policies") { Description = "Other policies by which to judge. Repeatable.", HelpName = "DIR" };
        var waivers = new Option<string[]>("--waivers") { Description = "File with accepted exceptions, with --policies. Repeatable.", HelpName = "FILE" };
        var command = new HelpfulCommand("replay", Description, More) { scan, policies, waivers };
        root.AddTo(command);
        command.SetAction((parsed, cancelled) => EvidenceCommand.ReadingAsync(terminal, async () =>
        {
            var store = root.Open(parsed, terminal);
            var path = await FindAsync(store, parsed.GetValue(scan), cancelled);
            var package = await EvidencePackage.OpenAsync(store, path, cancelled);
            if (parsed.GetValue(policies) is not { Length: > 0 } folders)
                return Say(await EvidenceReplay.RunAsync(package, AwsComposition.Vocabulary, cancelled), path, terminal);
            if (PolicyOptions.Open(folders, [], parsed.GetValue(waivers) ?? [], terminal) is not { } others)
                return ExitCode.Usage;
            return Say(await EvidenceReplay.CompareAsync(package, others, AwsComposition.Vocabulary, cancelled), path, terminal);
        }));
        return command;
    }

    private static async Task<string> FindAsync(IEvidenceStore store, string? scan, CancellationToken cancelled)
    {
        string? found = null;
        await foreach (var manifest in EvidencePackage.AllAsync(store, cancelled))
        {
            // scans/YYYY/MM/DD/<time>-<scan id>/manifest.json
            if (scan is null || manifest.Split('/') is [.., var folder, _] && folder[(folder.IndexOf('-', StringComparison.Ordinal) + 1)..].StartsWith(scan, StringComparison.Ordinal))
                found = manifest;
        }

        return found ?? throw new EvidenceException(scan is null ? $"{store.Place} holds no evidence" : $"{store.Place} holds no scan {scan}");
    }

    private static int Say(ReplayResult result, string path, Terminal terminal)
    {
        if (result.FirstDifference is not { } line)
        {
            terminal.Out.Write($"{path}: {Printable.Count(result.Findings, "finding")}, every byte as it was recorded\n");
            return ExitCode.Nothing;
        }

        terminal.Out.Write(string.Create(null, $"{path}: line {line} of the findings is another\n"));
        terminal.Out.Write($"  recorded {Printable.Of(result.Recorded ?? "nothing")}\n  replayed {Printable.Of(result.Replayed ?? "nothing")}\n");
        return ExitCode.Findings;
    }

    private static int Say(IReadOnlyList<ReplayDifference> differences, string path, Terminal terminal)
    {
        foreach (var difference in differences)
        {
            terminal.Out.Write($"{Printable.Of(difference.Resource.Name)}  {difference.Resource.Target.Region}  {difference.PolicyId}  {Word(difference.Recorded)} -> {Word(difference.Replayed)}\n");
            terminal.Out.Write($"      {Printable.Of(difference.Message)}\n");
        }

        terminal.Out.Write($"{path}: {Printable.Count(differences.Count, "verdict")} would be otherwise\n");
        return differences.Count == 0 ? ExitCode.Nothing : ExitCode.Findings;

        static string Word(Verdict? verdict) => verdict?.Word() ?? "none";
    }
}
