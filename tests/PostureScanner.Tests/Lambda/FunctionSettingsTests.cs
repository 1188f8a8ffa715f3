using PostureScanner.Aws;
using PostureScanner.Aws.Pacing;
using PostureScanner.Aws.Stores;
using PostureScanner.Core.Drift;
using PostureScanner.Lambda;
using PostureScanner.Tests.Scanning;

namespace PostureScanner.Tests.Lambda;

/// <summary>The function's environment: what each variable means, and how every mistake is said.</summary>
public sealed class FunctionSettingsTests
{
    private const string Secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:posture-slack-AbCdEf";
    private const string Topic = "arn:aws:sns:eu-west-1:111122223333:posture";

    private static readonly (string, string) Region = ("POSTURE_REGIONS", "eu-west-1");

    [Test]
    public void Without_settings_the_function_has_the_command_lines_defaults()
    {
        var run = Of(Region).Run;
        Assert.That((run.Rules, run.Aws.Pace, run.Aws.Patience), Is.EqualTo((DriftRules.Default, Pace.Documented, AwsSettings.DefaultPatience)));
        Assert.That((run.MetricNamespace, run.Metrics.Scanner, run.State, run.Evidence, run.TopicArn, run.SlackSecretArn), Is.EqualTo(("PostureScanner", "posture", (string?)null, (string?)null, (string?)null, (string?)null)));
    }

    [Test]
    public void The_policies_that_travel_in_the_package_hold_by_default() =>
        Assert.That(Of(Region).Policies.Policies.Select(p => p.Id), Does.Contain("dynamodb-pitr-enabled").And.Contain("s3-versioning-enabled"));

    [TestCase("", "", "", "dynamodb-pitr-enabled", 0)]
    [TestCase("our-policies", "", "", "ours", 0)]
    [TestCase("policies,our-policies", "", "", "dynamodb-pitr-enabled ours", 0)]
    [TestCase("policies,our-policies", "gold", "", "dynamodb-pitr-enabled gold-lid ours", 0)]
    [TestCase("", "", "our-waivers.yaml", "dynamodb-pitr-enabled", 1)]
    public void Policies_plans_and_waivers_are_sought_in_the_package(string policies, string plans, string waivers, string found, int waived)
    {
        using var package = PolicyPackage.Folder();
        var set = Of(package.Root, new StillClock(), Region, ("POSTURE_POLICIES", policies), ("POSTURE_PLANS", plans), ("POSTURE_WAIVERS", waivers)).Policies;

        Assert.That(string.Join(' ', set.Policies.Select(p => p.Id)), Is.EqualTo(found));
        Assert.That(set.Waivers, Has.Length.EqualTo(waived));
    }

    [Test]
    public void Every_setting_reaches_the_run()
    {
        var run = Of(
            ("POSTURE_REGIONS", "eu-west-1, eu-central-1"), ("POSTURE_ROLE_ARNS", "arn:aws:iam::111122223333:role/Reader"), ("POSTURE_STATE", "s3://state/a"),
            ("POSTURE_EVIDENCE", "s3://evidence"), ("POSTURE_RETAIN_EVIDENCE", "400d"), ("POSTURE_RETENTION_MODE", "compliance"), ("POSTURE_SIGN_KEY", "alias/posture"),
            ("POSTURE_TOPIC_ARN", Topic), ("POSTURE_SLACK_SECRET_ARN", Secret), ("POSTURE_NAMESPACE", "Ours"), ("POSTURE_SCANNER", "eu"), ("POSTURE_RESOURCE_METRICS", "orders,users-*"),
            ("POSTURE_GRACE", "0s"), ("POSTURE_REMIND_AFTER", "7d"), ("POSTURE_PACE", "full"), ("POSTURE_PATIENCE", "5s"), ("POSTURE_PLANS", ""), ("POSTURE_POLICIES", " ")).Run;

        Assert.That(run.Aws.Regions, Is.EqualTo(new[] { "eu-west-1", "eu-central-1" }));
        Assert.That(run.Aws.RoleArns, Is.EqualTo(new[] { "arn:aws:iam::111122223333:role/Reader" }));
        Assert.That((run.State, run.Evidence, run.SignKey, run.TopicArn, run.SlackSecretArn), Is.EqualTo(("s3://state/a", "s3://evidence", "alias/posture", Topic, Secret)));
        Assert.That(run.Retention, Is.EqualTo(new EvidenceRetention(TimeSpan.FromDays(400), "COMPLIANCE")));
        Assert.That((run.MetricNamespace, run.Metrics.Scanner), Is.EqualTo(("Ours", "eu")));
        Assert.That(run.Metrics.ResourcePatterns, Is.EqualTo(new[] { "orders", "users-*" }));
        Assert.That(run.Rules, Is.EqualTo(new DriftRules(TimeSpan.Zero, TimeSpan.FromDays(7))));
        Assert.That((run.Aws.Pace, run.Aws.Patience), Is.EqualTo((Pace.Full, TimeSpan.FromSeconds(5))));
        Assert.That(run.Recorded, Does.StartWith("""{"command":"lambda",""").And.Contains("\"POSTURE_GRACE\":\"0s\"").And.Not.Contains("POSTURE_PLANS"));
    }

    [Test]
    public void A_role_with_a_star_for_its_account_is_one_role_of_each_account() =>
        Assert.That(
            Of(Region, ("POSTURE_ROLE_ARNS", "arn:aws-cn:iam::*:role/Reader,arn:aws-cn:iam::777788889999:role/Other"), ("POSTURE_ACCOUNTS", "111122223333,444455556666")).Run.Aws.RoleArns,
            Is.EqualTo(new[] { "arn:aws-cn:iam::111122223333:role/Reader", "arn:aws-cn:iam::444455556666:role/Reader", "arn:aws-cn:iam::777788889999:role/Other" }));

    [TestCase("arn:aws:iam::*:role/Reader", "", "POSTURE_ROLE_ARNS: 'arn:aws:iam::*:role/Reader' is no role's ARN")]
    [TestCase("arn:aws:iam::*:role/Reader", "1", "POSTURE_ROLE_ARNS: 'arn:aws:iam::1:role/Reader' is no role's ARN")]
    [TestCase("arn:aws:iam::*:role/A,arn:aws:iam::111122223333:role/B", "111122223333", "are roles of one account")]
    [TestCase("arn:aws:iam::111122223333:role/Reader", "444455556666", "POSTURE_ACCOUNTS: fills in the account of a role that is written with a * for it")]
    [TestCase("", "444455556666", "POSTURE_ACCOUNTS: fills in the account of a role that is written with a * for it")]
    public void A_star_and_accounts_need_each_other(string roles, string accounts, string problem) =>
        Assert.That(() => Of(Region, ("POSTURE_ROLE_ARNS", roles), ("POSTURE_ACCOUNTS", accounts)), Throws.TypeOf<SettingsException>().With.Message.Contains(problem));

    [Test]
    public void What_the_command_line_has_options_for_the_function_takes_too()
    {
        Assert.That(Of(Region, ("POSTURE_TIME_LIMIT", "5m"), ("POSTURE_PUBLISH", "true")).TimeLimit, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(Of(Region).TimeLimit, Is.EqualTo(TimeSpan.MaxValue), "Lambda's deadline alone");
    }

    [TestCase("POSTURE_REGIONS", "europe", "'europe' is no region")]
    [TestCase("POSTURE_REGIONS", ",", "the list is empty")]
    [TestCase("POSTURE_ROLE_ARNS", "admin", "'admin' is no role's ARN")]
    [TestCase("POSTURE_ROLE_ARNS", "arn:aws:iam::111122223333:role/A,arn:aws:iam::111122223333:role/B", "are roles of one account")]
    [TestCase("POSTURE_STATE", "s3://", "'s3://' names no bucket")]
    [TestCase("POSTURE_EVIDENCE", "s3:///prefix", "names no bucket")]
    [TestCase("POSTURE_TOPIC_ARN", "topic", "'topic' is no topic's ARN")]
    [TestCase("POSTURE_TOPIC_ARN", Topic, "give POSTURE_STATE, too")]
    [TestCase("POSTURE_SLACK_SECRET_ARN", "https://hooks.slack.com/services/x", "is no secret's ARN")]
    [TestCase("POSTURE_SLACK_SECRET_ARN", Secret, "give POSTURE_STATE, too")]
    [TestCase("POSTURE_NAMESPACE", "AWS/Mine", "cannot be a namespace of metrics")]
    [TestCase("POSTURE_SCANNER", "ü", "cannot name a scanner")]
    [TestCase("POSTURE_GRACE", "soon", "'soon' is no duration of 0 to 30 days")]
    [TestCase("POSTURE_GRACE", "31d", "'31d' is no duration of 0 to 30 days")]
    [TestCase("POSTURE_REMIND_AFTER", "0s", "'0s' is no duration of a second to 366 days")]
    [TestCase("POSTURE_REMIND_AFTER", "367d", "'367d' is no duration of a second to 366 days")]
    [TestCase("POSTURE_PACE", "slow", "'slow' is not one of documented, full, off")]
    [TestCase("POSTURE_PATIENCE", "0s", "'0s' is no duration")]
    [TestCase("POSTURE_TIME_LIMIT", "2d", "'2d' is no duration of up to a day")]
    [TestCase("POSTURE_PUBLISH", "false", "'false' is not true: the function always publishes")]
    [TestCase("POSTURE_RETAIN_EVIDENCE", "forever", "'forever' is no duration of up to a hundred years")]
    [TestCase("POSTURE_RETAIN_EVIDENCE", "1d", "give POSTURE_EVIDENCE, too")]
    [TestCase("POSTURE_RETENTION_MODE", "strict", "'strict' is not one of compliance, governance")]
    [TestCase("POSTURE_RETENTION_MODE", "governance", "give POSTURE_RETAIN_EVIDENCE, too")]
    [TestCase("POSTURE_SIGN_KEY", "alias/x", "give POSTURE_EVIDENCE, too")]
    [TestCase("POSTURE_POLICIES", "nowhere", "there is no such file or folder")]
    [TestCase("POSTURE_PLANS", "nothing", "there is no plan of that name")]
    [TestCase("POSTURE_WAIVERS", "nowhere.yaml", "nowhere.yaml: the file cannot be read")]
    [TestCase("POSTURE_REGION", "eu-west-1", "there is no such setting; there are POSTURE_ACCOUNTS, POSTURE_EVIDENCE, ")]
    public void A_mistake_is_said_with_the_variables_name(string name, string value, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => Of(name == "POSTURE_REGIONS" ? (name, value) : Region, (name, value)))!;
        Assert.That(error.Message.Split('\n'), Has.Some.Contains(problem));
        Assert.That(error.Message, Does.Contain(name is "POSTURE_POLICIES" or "POSTURE_WAIVERS" ? value : name));
    }

    [Test]
    public void All_mistakes_are_said_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Of(("POSTURE_REGIONS", "europe"), ("POSTURE_PACE", "slow"), ("POSTURE_GRACE", "soon"), ("POSTURE_TOPIC_ARN", Topic)))!;
        Assert.That(error.Message.Split('\n').Select(line => line.Split(':')[0]), Is.EqualTo(new[] { "POSTURE_REGIONS", "POSTURE_PACE", "POSTURE_GRACE", "POSTURE_TOPIC_ARN" }));
    }

    [Test]
    public void Evidence_in_a_folder_cannot_be_locked() =>
        Assert.That(() => Of(Region, ("POSTURE_RETAIN_EVIDENCE", "1d"), ("POSTURE_EVIDENCE", "folder")), Throws.TypeOf<SettingsException>().With.Message.Contains("POSTURE_RETAIN_EVIDENCE: 'folder' is a folder"));

    [TestCase("""[{"account":"1"}]""", "'1' as a target's account")]
    [TestCase("""[{"account":11122223333}]""", "'11122223333' as a target's account; accounts have 12 digits, and are best written in quotes")]
    [TestCase("""[{"account":1.5}]""", "'1.5' as a target's account")]
    [TestCase("""[{"account":null}]""", "'' as a target's account")]
    [TestCase("""[{"account":111122223333},{"account":"111122223333"}]""", "111122223333 twice")]
    [TestCase("""[null]""", "'' as a target's account")]
    [TestCase("""[{"account":"111122223333"},{"account":"111122223333"}]""", "111122223333 twice")]
    public void Targets_that_are_none_are_refused(string targets, string problem)
    {
        var input = System.Text.Json.JsonSerializer.Deserialize($$"""{"targets":{{targets}}}""", FunctionJson.Default.ScheduleEvent)!;
        Assert.That(() => Of(Region).For(input), Throws.TypeOf<SettingsException>().With.Message.Contains(problem));
    }

    [Test]
    public void A_rules_event_and_a_schedulers_input_name_the_same_moment()
    {
        var moment = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
        Assert.That(Moment("""{"version":"0","detail-type":"Scheduled Event","time":"2026-11-20T10:00:00Z","detail":{}}"""), Is.EqualTo(moment));
        Assert.That(Moment("""{"scheduledTime":"2026-11-20T10:00:00Z"}"""), Is.EqualTo(moment));
        Assert.That(Moment("{}"), Is.Null);

        static DateTimeOffset? Moment(string json) => Of(Region).For(System.Text.Json.JsonSerializer.Deserialize(json, FunctionJson.Default.ScheduleEvent)!).ScheduledTime;
    }

    [TestCase(960, 840)]
    [TestCase(900, 840)]
    [TestCase(100, 85)]
    [TestCase(1.5, 1)]
    [TestCase(0.8, 0.4)]
    [TestCase(0, 0)]
    [TestCase(-5, 0)]
    public void Reading_ends_before_the_deadline(double remaining, double reading) =>
        Assert.That(TimeLeft.ForReading(TimeSpan.FromSeconds(remaining), TimeSpan.FromMinutes(14)), Is.EqualTo(TimeSpan.FromSeconds(reading)));

    [TestCase(900, 898)]
    [TestCase(10, 9.7)]
    [TestCase(1.5, 1.2)]
    [TestCase(0.4, 0.2)]
    [TestCase(-5, 0)]
    public void Everything_ends_before_the_deadline(double remaining, double everything) =>
        Assert.That(TimeLeft.ForEverything(TimeSpan.FromSeconds(remaining)), Is.EqualTo(TimeSpan.FromSeconds(everything)));

    private static FunctionSettings Of(params (string Name, string Value)[] variables) => Of(AppContext.BaseDirectory, TimeProvider.System, variables);

    private static FunctionSettings Of(string folder, TimeProvider clock, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/bin" };
        foreach (var (name, value) in variables)
            environment[name] = value;
        return FunctionSettings.Of(environment, folder, clock);
    }
}
