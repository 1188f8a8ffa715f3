using System.Collections.Immutable;
using System.Reflection;
using PostureScanner.Aws;
using PostureScanner.Aws.Sinks;
using PostureScanner.Core.Drift;
using PostureScanner.Core.Evaluation;
using PostureScanner.Core.Policies;
using PostureScanner.Core.Reporting;
using PostureScanner.Core.Reporting.Metrics;

namespace PostureScanner.Lambda;

/// <summary>How the function is set up: its environment, read once, with every problem of it at once. The names mean what the command line's options mean.</summary>
/// <param name="TimeLimit">How long reading may take where Lambda's deadline leaves more.</param>
internal sealed record FunctionSettings(RunSettings Run, PolicySet Policies, TimeSpan TimeLimit)
{
    private static readonly string Version =
        typeof(FunctionSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <param name="folder">Where the package lies; what relative paths are relative to.</param>
    /// <exception cref="SettingsException">One line for each problem, with the variable's name.</exception>
    public static FunctionSettings Of(IReadOnlyDictionary<string, string> environment, string folder, TimeProvider clock)
    {
        var read = new EnvironmentReader(environment);
        var aws = new AwsSettings(
            read.List("POSTURE_REGIONS", SettingChecks.Regions, checkEmpty: true),
            Roles(read),
            read.Value("POSTURE_PACE", text => SettingText.Word(text, SettingText.Paces), Aws.Pacing.Pace.Documented),
            read.Value("POSTURE_PATIENCE", SettingText.Duration, AwsSettings.DefaultPatience));
        var run = new RunSettings(aws, Version, folder)
        {
            Rules = new DriftRules(read.Value("POSTURE_GRACE", SettingText.Grace, DriftRules.Default.Grace), read.Value("POSTURE_REMIND_AFTER", SettingText.RemindAfter, DriftRules.Default.RemindAfter)),
            State = read.Text("POSTURE_STATE", SettingChecks.Place),
            TopicArn = read.Text("POSTURE_TOPIC_ARN", SettingChecks.Topic),
            SlackSecretArn = read.Text("POSTURE_SLACK_SECRET_ARN", SettingChecks.Secret),
            MetricNamespace = read.Text("POSTURE_NAMESPACE", SettingChecks.Namespace) ?? CloudWatchMetrics.DefaultNamespace,
            Metrics = new MetricSettings(read.Value("POSTURE_SCANNER", Scanner, MetricSettings.Default.Scanner), read.List("POSTURE_RESOURCE_METRICS")),
            Evidence = read.Text("POSTURE_EVIDENCE", SettingChecks.Place),
            SignKey = read.Text("POSTURE_SIGN_KEY"),
        };
        var limit = read.Value("POSTURE_TIME_LIMIT", SettingText.Duration, TimeSpan.MaxValue);
        _ = read.Value("POSTURE_PUBLISH", Publish, otherwise: true);
        var retain = read.Value<TimeSpan?>("POSTURE_RETAIN_EVIDENCE", text => SettingText.Days(text), null);
        var mode = read.Value<string?>("POSTURE_RETENTION_MODE", text => SettingText.Word(text, SettingText.RetentionModes), null);
        if (retain is { } period)
            run = run with { Retention = new Aws.Stores.EvidenceRetention(period, mode ?? SettingText.RetentionModes["governance"]) };
        read.Needs("POSTURE_STATE", "tells what changed since the last scan", "POSTURE_TOPIC_ARN", "POSTURE_SLACK_SECRET_ARN");
        read.Needs("POSTURE_EVIDENCE", "says how evidence is kept", "POSTURE_RETAIN_EVIDENCE", "POSTURE_RETENTION_MODE", "POSTURE_SIGN_KEY");
        read.Needs("POSTURE_RETAIN_EVIDENCE", "says how evidence is locked", "POSTURE_RETENTION_MODE");
        if (retain is not null && run.Evidence?.StartsWith("s3://", StringComparison.Ordinal) == false)
            read.Problem("POSTURE_RETAIN_EVIDENCE", $"'{run.Evidence}' is a folder, which locks nothing: a retention needs s3://bucket/prefix");
        var policies = PoliciesOf(read.List("POSTURE_POLICIES"), read.List("POSTURE_PLANS"), read.List("POSTURE_WAIVERS"), folder, clock, read);
        return read.Problems is { Count: > 0 } problems
            ? throw new SettingsException(string.Join('\n', problems))
            : new FunctionSettings(run with { Recorded = read.Given }, policies, limit);
    }

    /// <summary>The settings of the run for one event.</summary>
    /// <exception cref="SettingsException">The event names what is no target.</exception>
    public RunSettings For(ScheduleEvent input) => Run with { ScheduledTime = input.Moment, Aws = Run.Aws with { Only = input.Only() } };

    private static bool Publish(string text) =>
        text == "true" ? true : throw new SettingsException($"'{text}' is not true: the function always publishes, for its alarms look at its metrics");

    private static string Scanner(string text) => MetricSettings.ProblemOf(text) is { } problem ? throw new SettingsException(problem) : text;

    /// <summary>One role of each account where an ARN has a * for it: an environment of 4 KB holds the numbers of more accounts than ARNs of roles.</summary>
    private static ImmutableArray<string> Roles(EnvironmentReader read)
    {
        const string AnyAccount = ":iam::*:";
        var accounts = read.List("POSTURE_ACCOUNTS");
        var given = read.List("POSTURE_ROLE_ARNS", roles => SettingChecks.Roles(OfAccounts(roles)));
        if (!accounts.IsEmpty && !given.Any(HasAnyAccount))
            read.Problem("POSTURE_ACCOUNTS", "fills in the account of a role that is written with a * for it: give POSTURE_ROLE_ARNS one, such as arn:aws:iam::*:role/PostureReader");
        return OfAccounts(given);

        static bool HasAnyAccount(string role) => role.Contains(AnyAccount, StringComparison.Ordinal);

        ImmutableArray<string> OfAccounts(ImmutableArray<string> roles) => accounts.IsEmpty
            ? roles
            : [.. roles.SelectMany(r => HasAnyAccount(r) ? accounts.Select(a => r.Replace(AnyAccount, $":iam::{a}:", StringComparison.Ordinal)) : [r])];
    }

    private static PolicySet PoliciesOf(
        ImmutableArray<string> policies, ImmutableArray<string> plans, ImmutableArray<string> waivers, string folder, TimeProvider clock, EnvironmentReader read)
    {
        ImmutableArray<string> roots = policies.IsEmpty ? [Path.Combine(folder, "policies")] : [.. policies.Select(p => Path.GetFullPath(p, folder))];
        var missing = new List<Problem>();
        var planFolders = plans.Select(name => PolicyFolder.Plan(name, "POSTURE_PLANS", roots, missing)).OfType<string>().ToList();
        var sources = new PolicySources([.. roots, .. planFolders], [.. waivers.Select(w => Path.GetFullPath(w, folder))], folder);
        var set = PolicyBook.Open(sources, AwsComposition.Vocabulary, clock.GetUtcNow(), out var found);
        foreach (var problem in missing.Concat(found))
            read.Problem(Printable.Of(problem.ToString()));
        return set;
    }
}
