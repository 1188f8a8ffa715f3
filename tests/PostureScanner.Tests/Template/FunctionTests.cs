using System.Text.Json.Nodes;

namespace PostureScanner.Tests.Template;

/// <summary>How the function is set and started.</summary>
internal sealed class FunctionTests
{
    /// <summary>What the function reads from its environment.</summary>
    private static readonly string[] Settings =
    [
        "POSTURE_ACCOUNTS", "POSTURE_EVIDENCE", "POSTURE_GRACE", "POSTURE_NAMESPACE", "POSTURE_PACE", "POSTURE_PLANS", "POSTURE_POLICIES", "POSTURE_REGIONS", "POSTURE_REMIND_AFTER",
        "POSTURE_RESOURCE_METRICS", "POSTURE_RETAIN_EVIDENCE", "POSTURE_RETENTION_MODE", "POSTURE_ROLE_ARNS", "POSTURE_SCANNER", "POSTURE_SIGN_KEY",
        "POSTURE_SLACK_SECRET_ARN", "POSTURE_STATE", "POSTURE_TOPIC_ARN", "POSTURE_WAIVERS",
    ];

    private static SamTemplate Template => SamTemplate.Scanner;

    private static JsonObject Function => Template.Properties("Scanner");

    private static JsonObject Variables => Function["Environment"]![nameof(Variables)]!.AsObject();

    private static JsonNode Schedule => Function["Events"]!["Hourly"]!["Properties"]!;

    [Test]
    public void Every_variable_is_one_that_the_function_reads() => Assert.That(Variables.Select(v => v.Key), Is.EquivalentTo(Settings));

    [Test]
    public void Every_parameter_is_used([Values] bool ofReader)
    {
        var template = ofReader ? SamTemplate.Reader : SamTemplate.Scanner;

        Assert.That(template.Parameters.Select(p => p.Key), Is.SubsetOf(template.Body.SelectMany(SamTemplate.References).ToHashSet()));
    }

    [Test]
    public void Every_parameter_says_what_it_is_and_needs_no_answer() =>
        Assert.That(Template.Parameters.Where(p => p.Value!["Description"] is null || p.Value["Default"] is null).Select(p => p.Key), Is.Empty);

    [Test]
    public void The_secret_goes_from_its_parameter_into_Secrets_Manager_and_nowhere_else()
    {
        Assert.That((string?)Template.Parameters["SlackWebhookUrl"]!["NoEcho"], Is.EqualTo("true"));
        Assert.That(Template.Resources.Where(r => SamTemplate.References(r.Value!).Contains("SlackWebhookUrl")).Select(r => r.Key), Is.EqualTo(new[] { "SlackWebhook" }));
        Assert.That(SamTemplate.References(Template.Root["Outputs"]!), Does.Not.Contain("SlackWebhookUrl").And.Not.Contain("SlackWebhook"));
    }

    [Test]
    public void It_starts_every_hour_knows_which_and_is_never_started_twice_for_one()
    {
        Assert.That((string?)Schedule["ScheduleExpression"], Is.EqualTo("rate(1 hour)"));
        Assert.That((string?)Schedule["Input"], Is.EqualTo("""{"scheduledTime":"<aws.scheduler.scheduled-time>"}"""));
        Assert.That((string?)Schedule["RetryPolicy"]!["MaximumRetryAttempts"], Is.EqualTo("0"));
        Assert.That((string?)Function["EventInvokeConfig"]!["MaximumRetryAttempts"], Is.EqualTo("0"));
        Assert.That((string?)Function["ReservedConcurrentExecutions"], Is.EqualTo("1"));
    }

    [Test]
    public void What_could_not_be_started_or_failed_is_a_dead_letter() =>
        Assert.That(
            SamTemplate.References(Schedule["DeadLetterConfig"]!).Concat(SamTemplate.References(Function["EventInvokeConfig"]!["DestinationConfig"]!)),
            Is.EqualTo(new[] { "DeadLetters", "DeadLetters" }));

    [Test]
    public void It_runs_on_the_processor_that_is_asked_for()
    {
        Assert.That(Function["Architectures"]!.ToJsonString(), Is.EqualTo("""[{"Ref":"Architecture"}]"""));
        Assert.That(Template.Parameters["Architecture"]!["AllowedValues"]!.AsArray().Select(a => (string?)a), Is.EqualTo(new[] { "arm64", "x86_64" }));
    }

    [Test]
    public void Its_package_is_what_the_README_publishes() => Assert.That((string?)Function["CodeUri"], Is.EqualTo("artifacts/lambda"));
}
