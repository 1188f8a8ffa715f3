using System.Text.Json.Nodes;
using PostureScanner.Aws;
using PostureScanner.Aws.Sinks;
using PostureScanner.Aws.Stores;

namespace PostureScanner.Tests.Template;

/// <summary>What the roles may do: what is called, and nothing else.</summary>
internal sealed class PermissionTests
{
    /// <summary>What the scanner calls beside reading, as its sinks and stores say.</summary>
    private static readonly string[] Own =
    [
        .. EvidenceStores.Calls.Append(EvidenceStores.Retain).Concat([KmsSigner.Describe, KmsSigner.Sign, SnsSink.Publish, CloudWatchMetrics.PutMetricData])
            .Select(c => c.Permission!),
    ];

    /// <summary>What no call of ours says.</summary>
    private static readonly Dictionary<string, string> Beside = new(StringComparer.Ordinal)
    {
        ["kms:Decrypt"] = "SNS encrypts in the publisher's name",
        ["kms:GenerateDataKey*"] = "SNS encrypts in the publisher's name",
        ["logs:CreateLogStream"] = "Lambda logs in the function's name",
        ["logs:PutLogEvents"] = "Lambda logs in the function's name",
        ["secretsmanager:GetSecretValue"] = "the host reads the Slack webhook",
        ["sqs:SendMessage"] = "Lambda sends dead letters in the function's name",
        ["sts:AssumeRole"] = "the roles of other accounts",
    };

    private static readonly Dictionary<string, string> OnlyOnEverything = new(StringComparer.Ordinal)
    {
        ["cloudwatch:PutMetricData"] = "has no resource; a condition names the namespace",
        ["dynamodb:ListTables"] = "has no resource",
        ["ec2:DescribeRegions"] = "has no resource",
        ["s3:ListAllMyBuckets"] = "has no resource",
        // In a key's policy "*" is the key itself, which cannot know its own ARN yet.
        ["kms:*"] = "the account administers its keys by IAM; without this nobody could, ever",
        ["kms:Decrypt"] = "in the key's own policy",
        ["kms:GenerateDataKey*"] = "in the key's own policy",
        ["kms:DescribeKey"] = "in the key's own policy",
        ["kms:Sign"] = "in the key's own policy",
    };

    private static IEnumerable<Statement> Everything => Statement.Of(SamTemplate.Scanner).Concat(Statement.Of(SamTemplate.Reader));

    private static IEnumerable<Statement> Allowed => Everything.Where(s => s.Allows);

    [Test]
    public void The_scanner_may_do_what_it_calls_and_nothing_else() =>
        Assert.That(Statement.OfRole(SamTemplate.Scanner, "ScannerRole").Concat(Statement.For(SamTemplate.Scanner, "ScannerRole")).SelectMany(s => s.Actions).Distinct(), Is.EquivalentTo(AwsComposition.Vocabulary.Permissions.Concat(Own).Concat(Beside.Keys).Distinct()));

    [Test]
    public void It_may_before_it_is_started_for_the_first_time() =>
        Assert.That(
            SamTemplate.Scanner.Resources["Scanner"]!["DependsOn"]!.AsArray().Select(id => (string)id!),
            Is.EquivalentTo(Statement.OfRole(SamTemplate.Scanner, "ScannerRole").Select(s => s.Owner).Distinct()));

    [Test]
    public void It_reads_its_own_account_as_facts_permissions_says_and_nothing_else() =>
        Assert.That(Statement.OfRole(SamTemplate.Scanner, "ScannerRole").Where(IsReading).SelectMany(s => s.Actions), Is.EquivalentTo(AwsComposition.Vocabulary.Permissions));

    [Test]
    public void So_does_the_reader_of_another_account() =>
        Assert.That(Statement.OfRole(SamTemplate.Reader, "Reader").SelectMany(s => s.Actions), Is.EquivalentTo(AwsComposition.Vocabulary.Permissions));

    [Test]
    public void Both_read_the_same_resources() =>
        Assert.That(
            Statement.OfRole(SamTemplate.Reader, "Reader").Select(Told),
            Is.EqualTo(Statement.OfRole(SamTemplate.Scanner, "ScannerRole").Where(IsReading).Select(Told)));

    [Test]
    public void Roles_of_other_accounts_are_those_that_were_given() =>
        Assert.That(
            Statement.OfRole(SamTemplate.Scanner, "ScannerRole").Single(s => s.Actions is ["sts:AssumeRole"]).Resources.Select(r => r.ToJsonString()),
            Is.EqualTo(new[] { """{"Ref":"ReaderRoleArns"}""" }));

    [Test]
    public void Only_the_scanner_and_an_operator_may_be_the_reader() =>
        Assert.That(
            Statement.Of(SamTemplate.Reader).Where(s => s.Principal is not null).Select(s => s.On("aws:PrincipalArn")),
            Is.EqualTo(new[] { """ArnEquals {"Ref":"ScannerRoleArn"}""", """ArnEquals {"Ref":"OperatorArn"}""" }));

    [Test]
    public void Nobody_may_do_everything() =>
        Assert.That(
            Allowed.Where(s => s.Actions.Any(a => a == "*" || a.EndsWith(":*", StringComparison.Ordinal))).Select(s => s.ToString()),
            Is.EquivalentTo(new[] { "TopicKey: kms:*", "SigningKey: kms:*" }));

    [Test]
    public void Everything_is_the_resource_only_where_AWS_knows_no_narrower() =>
        Assert.That(Allowed.Where(s => s.Resources.Any(IsEverything)).SelectMany(s => s.Actions).Distinct(), Is.EquivalentTo(OnlyOnEverything.Keys));

    [Test]
    public void In_a_role_everything_is_the_resource_of_no_key() =>
        Assert.That(
            Allowed.Where(s => s.Principal is null && s.Resources.Any(IsEverything)).SelectMany(s => s.Actions).Where(a => a.StartsWith("kms:", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Only_into_its_own_namespace_does_it_publish() =>
        Assert.That(Allowed.Single(s => s.Actions is ["cloudwatch:PutMetricData"]).On("cloudwatch:namespace"), Is.EqualTo("""StringEquals {"Ref":"MetricNamespace"}"""));

    // Parts of an ARN beside the account's and the region's may be open; a service's name may not.
    [Test]
    public void No_resource_is_of_any_service() =>
        Assert.That(Allowed.SelectMany(s => s.Resources).Select(r => r.ToJsonString()), Has.None.Match(@"arn:(?:[^:]|::)+:\*:"));

    [Test]
    public void It_can_delete_nothing() =>
        Assert.That(Allowed.SelectMany(s => s.Actions), Has.None.Match("Delete|Bypass|Put(Bucket|Lifecycle)"));

    private static bool IsEverything(JsonNode resource) => resource is JsonValue value && (string)value! == "*";

    private static bool IsReading(Statement statement) => statement.Owner == "ReadPermissions" && statement.Actions is not ["sts:AssumeRole"];

    private static string Told(Statement statement) => $"{string.Join(' ', statement.Actions)} on {string.Join(' ', statement.Resources.Select(r => r.ToJsonString()))}";
}
