using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Aws.Stores;

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
        CustomParser = result => AwsOptions.Parsed<TimeSpan?>(result, text => SettingText.Days(text)),
        HelpName = "400d",
    };

    private readonly Option<string?> _mode = new("--retention-mode")
    {
        Description = "governance, which whoever may bypass it can end, or compliance, which nobody can. Default: governance.",
        CustomParser = result => AwsOptions.Parsed<string?>(result, text => SettingText.Word(text, SettingText.RetentionModes)),
        HelpName = "governance|compliance",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _place, _key, _retain, _mode })
            command.Options.Add(option);
    }

    /// <exception cref="SettingsException">An option that cannot be used.</exception>
    public RunSettings AddTo(RunSettings settings, ParseResult parsed)
    {
        var place = parsed.GetValue(_place) is { Length: > 0 } given ? given : null;
        if (place is null && new Option[] { _key, _retain, _mode }.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } idle)
            throw new SettingsException($"{idle.Name} says how evidence is kept: give --evidence, too");
        if (parsed.GetValue(_retain) is null && parsed.GetValue(_mode) is not null)
            throw new SettingsException("--retention-mode says how evidence is locked: give --retain-evidence, too");
        return settings with
        {
            Evidence = place,
            Retention = parsed.GetValue(_retain) is { } period ? new EvidenceRetention(period, parsed.GetValue(_mode) ?? "GOVERNANCE") : null,
            SignKey = parsed.GetValue(_key) is { Length: > 0 } key ? key : null,
            Recorded = ScanSettings.Of(parsed),
        };
    }
}
