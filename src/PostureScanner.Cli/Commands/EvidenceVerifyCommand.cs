using System.CommandLine;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Facts;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture evidence verify</c>: whether everything is as it was written.</summary>
internal static class EvidenceVerifyCommand
{
    private const string Description = "Hashes everything again, walks the chain, and names every file or link that is not as it was written.";

    private const string More = """
        Give what an attacker cannot write: the public key of the one that signs, or a head that was noted elsewhere (every scan logs it, every alert carries it).

        Examples:
          posture evidence verify ./evidence --public-key posture.pub.pem
          posture evidence verify s3://our-evidence/posture --head 812:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --schedule 1h

        Exit codes: 0 all is as it was written; 1 something is not, or scans are missing; 2 bad usage; 3 something could not be read, or there is no evidence.
        """;

    public static Command Make(Terminal terminal)
    {
        var root = new EvidenceCommand.Root();
        var key = new Option<string?>("--public-key") { Description = "A file with the public key, in PEM, by which every link must be signed.", HelpName = "FILE" };
        var head = new Option<ChainHead?>("--head")
        {
            Description = "A head that was noted elsewhere, as number and SHA-256: the chain must hold it.",
            HelpName = "N:SHA256",
            CustomParser = result =>
            {
                var parsed = ChainHead.Parse(result.Tokens[0].Value);
                if (parsed is null)
                    result.AddError($"'{result.Tokens[0].Value}' is no head; it is a number and a SHA-256 in hex: 812:9f86…");
                return parsed;
            },
        };
        var schedule = new Option<TimeSpan?>("--schedule") { Description = "How often a scan was to be made: those that are missing are listed.", HelpName = "1h", CustomParser = AwsOptions.Duration };
        var command = new HelpfulCommand("verify", Description, More) { key, head, schedule };
        root.AddTo(command);
        command.SetAction((parsed, cancelled) => EvidenceCommand.ReadingAsync(terminal, async () =>
        {
            var store = root.Open(parsed, terminal);
            var order = new VerifyOrder(parsed.GetValue(key) is { } file ? SigningKeys.OpenPublic(Path.GetFullPath(file, terminal.Folder)) : null, parsed.GetValue(head), parsed.GetValue(schedule), terminal.Clock.GetUtcNow());
            var found = await ProgressBar.RunAsync(
                terminal, "verifying", p => $"verified {p.Asked} packages", progress => EvidenceVerifier.VerifyAsync(store, order, new Packages(progress), cancelled));
            Write(store, order, found, terminal);
            // Whoever deletes everything, or mistypes a prefix, must not pass.
            if (found.Head is null && found.Problems.IsEmpty)
                throw new EvidenceException($"{store.Place} holds no evidence, so nothing was verified: is this the place that scans were given as --evidence, and has nobody emptied it?");
            return found.Problems.IsEmpty && found.Missing.IsEmpty ? ExitCode.Nothing : ExitCode.Findings;
        }));
        return command;
    }

    private static void Write(IEvidenceStore store, VerifyOrder order, Verification found, Terminal terminal)
    {
        foreach (var problem in found.Problems)
            terminal.Out.Write($"PROBLEM  {Printable.Of(problem.Path)} {Printable.Of(problem.Message)}\n");
        foreach (var due in found.Missing)
            terminal.Out.Write($"MISSING  no scan was made at {Instants.Format(due)}\n");
        foreach (var folder in found.Incomplete)
            terminal.Out.Write($"note     {Printable.Of(folder)} was left by a scan that crashed while it wrote; nothing refers to it\n");
        if (found.Head is { } head)
            terminal.Out.Write($"{Printable.Of(store.Place)}: {Printable.Count(found.Links, "link")}, {Printable.Count(found.Files, "file")}{(found.First is { } first ? $", scans from {Instants.Format(first)} to {Instants.Format(found.Last!.Value)}" : "")}; head {head}\n");
        if (order.Signature is { } key)
            terminal.Out.Write($"{found.Signed} of {Printable.Count(found.Links, "link")} signed by {Printable.Of(key.Description)}\n");
        if (!found.Problems.IsEmpty)
            terminal.Out.Write($"{Printable.Count(found.Problems.Length, "problem")}: this is not as it was written\n");
        else if (order is { Signature: null, Head: null } && found.Head is not null)
            terminal.Out.Write("consistent in itself; proves neither origin nor end\n");
        else if (found.Head is not null)
            terminal.Out.Write("everything is as it was written\n");
    }

    private sealed class Packages(IProgress<ScanProgress> progress) : IProgress<int>
    {
        private readonly Lock _lock = new();
        private int _most;

        // Packages are verified side by side, and do not report in the order of their numbers.
        public void Report(int value)
        {
            lock (_lock)
            {
                _most = Math.Max(_most, value);
                progress.Report(new ScanProgress(_most, _most));
            }
        }
    }
}
