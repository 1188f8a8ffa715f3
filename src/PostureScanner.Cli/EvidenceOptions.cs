using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Evidence;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Cli;

/// <summary>The options that let a scan keep evidence.</summary>
internal sealed class EvidenceOptions
{
    private readonly Option<string?> _place = new("--evidence")
    {
        Description = "Where evidence of every scan is kept, chained and never overwritten: a folder, or s3://bucket/prefix.",
        HelpName = "DIR|s3://…",
    };

    private readonly Option<string?> _key = new("--sign-key")
    {
        Description = "Signs every link of the chain: the ARN of an asymmetric KMS key (ECC_NIST_P256 or RSA, SIGN_VERIFY), or a file with a private key in PEM.",
        HelpName = "ARN|FILE",
    };

    private readonly Option<TimeSpan?> _retain = new("--retain-evidence")
    {
        Description = "Locks each piece of evidence in S3 for that long (S3 Object Lock).",
        CustomParser = AwsOptions.Days,
        HelpName = "400d",
    };

    private readonly Option<string?> _mode = new("--retention-mode")
    {
        Description = "governance, which whoever may bypass it can end, or compliance, which nobody can. Default: governance.",
        CustomParser = result => AwsOptions.Word(result, new Dictionary<string, string?>(StringComparer.Ordinal) { ["governance"] = "GOVERNANCE", ["compliance"] = "COMPLIANCE" }),
        HelpName = "governance|compliance",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _place, _key, _retain, _mode })
            command.Options.Add(option);
    }

    /// <returns>Null where no evidence is to be kept.</returns>
    /// <param name="settingsJson">How the scan was told to work.</param>
    /// <exception cref="SettingsException">An option that cannot be used.</exception>
    public async Task<Recording?> OpenAsync(ParseResult parsed, Terminal terminal, AwsSettings settings, string settingsJson)
    {
        if (parsed.GetValue(_place) is not { Length: > 0 } place)
        {
            return new Option[] { _key, _retain, _mode }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } idle
                ? throw new SettingsException($"{idle.Name} says how evidence is kept: give --evidence, too")
                : null;
        }

        var retention = parsed.GetValue(_retain) is { } period ? new EvidenceRetention(period, parsed.GetValue(_mode) ?? "GOVERNANCE") : null;
        if (retention is null && parsed.GetValue(_mode) is not null)
            throw new SettingsException("--retention-mode says how evidence is locked: give --retain-evidence, too");
        var store = EvidenceStores.Open(place, terminal.Folder, settings, retention, terminal.Clock);
        try
        {
            return new Recording(store, await SigningKeys.OpenAsync(parsed.GetValue(_key), terminal, settings), settingsJson);
        }
        catch (EvidenceException exception)
        {
            // A scan whose evidence cannot be signed is worth making all the same.
            return new Recording(store, exception, settingsJson);
        }
    }
}
