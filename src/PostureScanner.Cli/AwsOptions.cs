using System.CommandLine;
using System.CommandLine.Parsing;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Cli;

/// <summary>The options that say which part of AWS is looked at, the same on every command that asks AWS.</summary>
internal sealed class AwsOptions
{
    /// <summary>The next hourly run begins then.</summary>
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromHours(1);

    private readonly Option<string[]> _regions = new("--regions")
    {
        Description = "Regions to scan, joined by commas, or all that the account has enabled. Default: the configured one.",
        HelpName = "R,R|all",
        CustomParser = Split,
    };

    private readonly Option<string[]> _roles = new("--role-arns")
    {
        Description = "Roles to assume, joined by commas: their accounts are scanned instead of the caller's own.",
        HelpName = "A,A",
        CustomParser = Split,
    };

    private readonly Option<Pace?> _pace = new("--pace")
    {
        Description = "How much of AWS's documented API rates to take: documented (80 %), full, or off. Default: documented.",
        CustomParser = result => Parsed<Pace?>(result, text => SettingText.Word(text, SettingText.Paces)),
        HelpName = "documented|full|off",
    };

    private readonly Option<TimeSpan?> _patience = new("--patience")
    {
        Description = "How long AWS may leave a call without an answer before it counts as unknown. Default: 30s.",
        CustomParser = Duration,
        HelpName = "30s",
    };

    private readonly Option<TimeSpan?> _timeLimit = new("--time-limit")
    {
        Description = "How long the whole scan may take; what is not read by then is unknown. Default: 1h.",
        CustomParser = Duration,
        HelpName = "1h",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _regions, _roles, _pace, _patience, _timeLimit })
            command.Options.Add(option);
    }

    public AwsSettings Settings(ParseResult parsed, Terminal terminal) => new(
        [.. parsed.GetValue(_regions) ?? []], [.. parsed.GetValue(_roles) ?? []], parsed.GetValue(_pace) ?? Pace.Documented, parsed.GetValue(_patience) ?? AwsSettings.DefaultPatience, terminal.Endpoint);

    public TimeSpan TimeLimit(ParseResult parsed) => parsed.GetValue(_timeLimit) ?? DefaultTimeLimit;

    /// <summary>What a setting's text says; what no setting can say is a usage error.</summary>
    public static T? Parsed<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(string.Join(',', result.Tokens.Select(t => t.Value)));
        }
        catch (SettingsException exception)
        {
            result.AddError(exception.Message);
            return default;
        }
    }

    /// <summary>One of a fixed set of words; anything else is a usage error that lists them.</summary>
    public static T? Word<T>(ArgumentResult result, IReadOnlyDictionary<string, T> words) => Parsed(result, text => SettingText.Word(text, words));

    public static TimeSpan? Duration(ArgumentResult result) => Parsed<TimeSpan?>(result, text => SettingText.Duration(text));

    // An empty list is a variable that was not set, and never a wish for the default.
    private static string[]? Split(ArgumentResult result) => Parsed<string[]>(result, text => [.. SettingText.List(text)]);
}
