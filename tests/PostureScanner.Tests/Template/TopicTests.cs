namespace PostureScanner.Tests.Template;

/// <summary>Alarms and alerts reach the topic. Where the key or the policy forgets a publisher, its messages are lost in silence.</summary>
internal sealed class TopicTests
{
    private static readonly string[] Publishers = ["CloudWatch", "the function"];

    private static SamTemplate Template => SamTemplate.Scanner;

    [Test]
    public void The_topic_is_encrypted_with_a_key_of_our_own_that_rotates()
    {
        Assert.That(SamTemplate.References(Template.Properties("Topic")["KmsMasterKeyId"]!), Is.EqualTo(new[] { "TopicKey" }));
        Assert.That((string?)Template.Properties("TopicKey")["EnableKeyRotation"], Is.EqualTo("true"));
    }

    [TestCaseSource(nameof(Publishers))]
    public void The_key_serves_every_publisher(string publisher) =>
        Assert.That(Statement.Of(Template).Where(s => s.Owner == "TopicKey" && IsOf(s, publisher)).SelectMany(s => s.Actions), Is.EquivalentTo(new[] { "kms:Decrypt", "kms:GenerateDataKey*" }));

    [TestCaseSource(nameof(Publishers))]
    public void The_topic_takes_from_every_publisher(string publisher) =>
        Assert.That(Statement.Of(Template).Single(s => s.Owner == "TopicPolicy" && IsOf(s, publisher)), Has.Property("Allows").True.And.Property("Actions").EqualTo(new[] { "sns:Publish" }));

    [Test]
    public void It_takes_alarms_of_its_own_account_only() =>
        Assert.That(Statement.Of(Template).Single(s => s.Owner == "TopicPolicy" && IsOf(s, "CloudWatch")).On("aws:SourceAccount"), Is.EqualTo("""StringEquals {"Ref":"AWS::AccountId"}"""));

    [Test]
    public void Every_alarm_is_told_to_the_topic() =>
        Assert.That(
            Template.OfType("AWS::CloudWatch::Alarm").Where(a => !SamTemplate.References(Template.Properties(a)["AlarmActions"]!).Contains("Topic")),
            Is.Empty);

    [TestCase("HeartbeatAlarm")]
    [TestCase("OutboxAlarm")]
    public void What_the_topic_itself_may_be_the_cause_of_is_told_by_a_second_path(string alarm) =>
        Assert.That(SamTemplate.References(Template.Properties(alarm)["AlarmActions"]!), Does.Contain("SecondAlarmActionArn"));

    [Test]
    public void The_Slack_channel_can_command_nothing()
    {
        var channel = Template.Properties("SlackChannel");

        Assert.That(channel["GuardrailPolicies"]!.ToJsonString(), Does.Contain("AWSDenyAll"));
        Assert.That(Statement.OfRole(Template, "SlackRole"), Is.Empty);
    }

    private static bool IsOf(Statement statement, string publisher) => statement.Allows && statement.Principal is { } principal
        && (publisher == "CloudWatch" ? (string?)principal["Service"] == "cloudwatch.amazonaws.com" : SamTemplate.References(principal).Contains("ScannerRole"));
}
