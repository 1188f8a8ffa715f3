using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Reporting;

namespace PostureScanner.Cli.Commands;

/// <summary><c>posture evidence</c>: what was kept of earlier scans.</summary>
internal static class EvidenceCommand
{
    private const string Description = "Verifies, replays and exports the evidence that scans have kept.";

    private const string More = """
        Examples:
          posture evidence verify ./evidence --public-key posture.pub.pem --head 812:9f86d0…
          posture evidence replay s3://our-evidence/posture --policies ./stricter
          posture evidence export ./evidence --format csv --from 2026-01-01 --to 2026-03-31 --output quarter.csv
        """;

    public static Command Make(Terminal terminal) => new HelpfulCommand("evidence", Description, More)
    {
        EvidenceVerifyCommand.Make(terminal), EvidenceReplayCommand.Make(terminal), EvidenceExportCommand.Make(terminal),
    };

    /// <summary>The root of the evidence, as the one argument or as the option that scans have.</summary>
    public sealed class Root
    {
        private readonly Argument<string?> _argument = new("ROOT") { Description = "The root of the evidence: a folder, or s3://bucket/prefix.", Arity = ArgumentArity.ZeroOrOne };
        private readonly Option<string?> _option = new("--evidence") { Description = "The same, as scans have it.", HelpName = "DIR|s3://…" };

        public void AddTo(Command command)
        {
            command.Arguments.Add(_argument);
            command.Options.Add(_option);
        }

        /// <exception cref="SettingsException">There is none.</exception>
        public IEvidenceStore Open(ParseResult parsed, Terminal terminal)
        {
            var place = parsed.GetValue(_argument) ?? parsed.GetValue(_option) ?? throw new SettingsException("name the root of the evidence: a folder, or s3://bucket/prefix");
            // Any region tells where a bucket stands; none need be configured.
            var settings = new AwsSettings(["all"], [], Pace.Documented, AwsSettings.DefaultPatience, terminal.Endpoint);
            if (!place.StartsWith("s3://", StringComparison.Ordinal) && !Directory.Exists(Path.GetFullPath(place, terminal.Folder)))
                throw new SettingsException($"{Printable.Of(place)}: there is no such folder");
            return EvidenceStores.Open(place, terminal.Folder, settings, retention: null, terminal.Clock);
        }
    }

    /// <summary>Says what could not be read, instead of a verdict about it.</summary>
    public static async Task<int> ReadingAsync(Terminal terminal, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (EvidenceException exception)
        {
            await terminal.Error.WriteLineAsync($"posture: {Printable.Of(exception.Message)}");
            return ExitCode.Incomplete;
        }
    }
}
