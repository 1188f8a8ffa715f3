using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Drift;

namespace PostureScanner.Cli;

/// <summary>The options that let a scan remember the last one.</summary>
internal sealed class StateOptions
{
    private readonly Option<string?> _state = new("--state")
    {
        Description = "Where the last scan's state is kept, to say what changed since: a folder, or s3://bucket/prefix.",
        HelpName = "DIR|s3://…",
    };

    private readonly Option<TimeSpan?> _grace = new("--grace")
    {
        Description = "How old a new resource must be before its failures count as news. Default: 1h.",
        CustomParser = AwsOptions.Duration,
        HelpName = "1h",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_state);
        command.Options.Add(_grace);
    }

    /// <summary>Reads the last state before anything else is asked of AWS: a state that cannot be used is no reason to scan for an hour first.</summary>
    public async Task<ScanMemory> OpenAsync(ParseResult parsed, Terminal terminal, AwsSettings settings)
    {
        if (parsed.GetValue(_state) is not { Length: > 0 } place)
            return ScanMemory.None;
        var store = SnapshotStores.Open(place, terminal.Folder, settings);
        return await ScanMemory.OpenAsync(store, parsed.GetValue(_grace) is { } grace ? DriftRules.Default with { Grace = grace } : DriftRules.Default, terminal);
    }
}
