using System.CommandLine;
using PostureScanner.Aws;
using PostureScanner.Core.Drift;

namespace PostureScanner.Cli;

/// <summary>The options that let a scan remember the last one, and tell somebody what changed.</summary>
internal sealed class WatchOptions
{
    private readonly Option<string?> _state = new("--state")
    {
        Description = "Where the last scan's state is kept, to say what changed since: a folder, or s3://bucket/prefix.",
        HelpName = "DIR|s3://…",
    };

    private readonly Option<TimeSpan?> _grace = new("--grace")
    {
        Description = "How old a new resource must be before its failures count as news: 0s for at once, up to 30d. Default: 1h.",
        CustomParser = result => AwsOptions.Parsed<TimeSpan?>(result, text => SettingText.Grace(text)),
        HelpName = "1h",
    };

    private readonly Option<TimeSpan?> _remindAfter = new("--remind-after")
    {
        Description = "How long after it was last told a critical finding that still fails is told again: up to 366d. Default: 24h.",
        CustomParser = result => AwsOptions.Parsed<TimeSpan?>(result, text => SettingText.RemindAfter(text)),
        HelpName = "24h",
    };

    private readonly Option<string?> _topic = new("--topic-arn")
    {
        Description = "The SNS topic that is told what changed: e-mail, chat and machines subscribe to it. Needs --state.",
        HelpName = "ARN",
    };

    public const string SecretOption = "--slack-webhook";

    private readonly Option<string?> _slack = new(SecretOption)
    {
        Description = "A file with the URL of a Slack incoming webhook that is told what changed. The URL is a secret and has no place on a command line. Needs --state.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _state, _grace, _remindAfter, _topic, _slack })
            command.Options.Add(option);
    }

    /// <exception cref="SettingsException">An option that cannot be used.</exception>
    public RunSettings AddTo(RunSettings settings, ParseResult parsed, Terminal terminal) => settings with
    {
        Rules = new DriftRules(parsed.GetValue(_grace) ?? DriftRules.Default.Grace, parsed.GetValue(_remindAfter) ?? DriftRules.Default.RemindAfter),
        State = parsed.GetValue(_state) is { Length: > 0 } place ? place : null,
        TopicArn = parsed.GetValue(_topic) is { Length: > 0 } topic ? topic : null,
        SlackWebhook = parsed.GetValue(_slack) is { Length: > 0 } file ? Secret(file, terminal) : null,
    };

    private static string Secret(string file, Terminal terminal)
    {
        // The obvious mistake; repeating it would write the secret into a log.
        if (file.Contains("://", StringComparison.Ordinal))
            throw new SettingsException("--slack-webhook names a file that holds the URL: a secret has no place on a command line");
        try
        {
            return File.ReadAllText(Path.GetFullPath(file, terminal.Folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"--slack-webhook {file} cannot be read: {exception.Message}", exception);
        }
    }
}
