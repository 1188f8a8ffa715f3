using System.CommandLine;
using System.CommandLine.Parsing;
using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Core.Facts;

namespace PostureScanner.Cli;

/// <summary>The options that say which part of AWS is looked at, the same on every command that asks AWS.</summary>
internal sealed class AwsOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestDays = TimeSpan.FromDays(36_525);

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
        CustomParser = result => Word(result, new Dictionary<string, Pace?>(StringComparer.Ordinal)
        {
            ["documented"] = Pace.Documented, ["full"] = Pace.Full, ["off"] = Pace.Off,
        }),
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

    /// <summary>One of a fixed set of words; anything else is a usage error that lists them.</summary>
    public static T? Word<T>(ArgumentResult result, IReadOnlyDictionary<string, T> words)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (words.TryGetValue(text, out var value))
            return value;
        result.AddError($"'{text}' is not one of {string.Join(", ", words.Keys)}");
        return default;
    }

    // An empty list is a variable that was not set, and never a wish for the default.
    private static string[] Split(ArgumentResult result)
    {
        string[] parts = [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (parts.Length == 0)
            result.AddError("the list is empty; leave the option out for the default");
        return parts;
    }

    /// <summary>A duration of up to a day as people write it; anything else is a usage error.</summary>
    public static TimeSpan? Duration(ArgumentResult result) => Duration(result, Longest, "up to a day; write 30s, 15m or 1h");

    /// <summary>A duration of days; anything else is a usage error.</summary>
    public static TimeSpan? Days(ArgumentResult result) => Duration(result, LongestDays, "up to a hundred years; write 400d");

    private static TimeSpan? Duration(ArgumentResult result, TimeSpan longest, string advice)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero && duration <= longest)
            return duration;
        result.AddError($"'{text}' is no duration of {advice}");
        return default;
    }
}
