using System.IO.Compression;
using System.Text.Json.Nodes;
using PostureScanner.Tests.Architecture;
using PostureScanner.Tests.EndToEnd;

namespace PostureScanner.Tests.Template;

/// <summary>The stack in an emulator nobody here wrote, as far as it goes: SAM is translated first, for moto knows none.</summary>
internal sealed class MotoStackTests
{
    private const string ScannerRole = "arn:aws:iam::111122223333:role/posture-ScannerRole-1";
    private const string Operator = "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Operations_0123456789abcdef";

    /// <summary>What moto's CloudFormation does not make: it warns and goes on. All else in the template it must make.</summary>
    private static readonly string[] NotOfMoto =
    [
        "AWS::Chatbot::SlackChannelConfiguration",
        "AWS::CloudWatch::Alarm",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::Subscription",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::Scheduler::Schedule",
        "AWS::SecretsManager::Secret",
    ];

    private static readonly string[] Least = [];

    // No webhook: the permission would be on a secret that moto does not make, and it refuses a statement about nothing.
    private static readonly string[] Most =
    [
        "AlertEmail=oncall@example.com", "ReaderRoleArns=arn:aws:iam::*:role/A,arn:aws:iam::444455556666:role/B", "ReaderAccounts=111122223333", "Regions=eu-west-1", "ResourceMetrics=orders-*",
        "EvidenceObjectLock=true", "RetainEvidence=400d", "SignEvidence=true", "SlackWorkspaceId=T0123", "SlackChannelId=C0123",
        "SecondAlarmActionArn=arn:aws:sns:us-east-1:111122223333:other", "Policies=policies,our-policies", "Plans=gold", "Waivers=our-waivers.yaml",
    ];

    private static readonly TestCaseData[] Stacks =
    [
        new TestCaseData([Least, (string[])["SigningKey", "SlackRole"]]) { TestName = "With_no_parameter" },
        new TestCaseData([Most, (string[])[]]) { TestName = "With_every_parameter" },
    ];

    private static readonly TestCaseData[] Told =
    [
        new TestCaseData([Least, (string[])
        [
            "POSTURE_ACCOUNTS", "POSTURE_PLANS", "POSTURE_POLICIES", "POSTURE_REGIONS", "POSTURE_RESOURCE_METRICS", "POSTURE_RETAIN_EVIDENCE", "POSTURE_RETENTION_MODE", "POSTURE_ROLE_ARNS",
            "POSTURE_SIGN_KEY", "POSTURE_SLACK_SECRET_ARN", "POSTURE_WAIVERS",
        ]]) { TestName = "Told_of_no_parameter" },
        new TestCaseData([Most, (string[])["POSTURE_SLACK_SECRET_ARN"]]) { TestName = "Told_of_every_parameter" },
    ];

    private static readonly TestCaseData[] Readers =
    [
        new TestCaseData([(string[])[$"ScannerRoleArn={ScannerRole}"], (string[])[ScannerRole]]) { TestName = "A_reader_for_the_scanner" },
        new TestCaseData([(string[])[$"ScannerRoleArn={ScannerRole}", $"OperatorArn={Operator}"], (string[])[ScannerRole, Operator]]) { TestName = "A_reader_for_an_operator_too" },
    ];

    private MotoServer _moto = null!;
    private string _translated = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _translated = await TemplateTool.TranslateAsync("template.yaml");
        _moto = await MotoServer.StartAsync();
        await AwsAsync("s3api", "create-bucket", "--bucket", "artifacts");
        await AwsAsync("s3api", "put-object", "--bucket", "artifacts", "--key", "lambda.zip", "--body", Package());
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await (_moto?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestCaseSource(nameof(Stacks))]
    public async Task Everything_is_made_that_moto_can_make(string[] parameters, string[] unmet)
    {
        var name = $"posture-{parameters.Length}";
        var template = await FileAsync("translated.json", _translated);
        await CreateAsync(name, template, parameters);

        Assert.That(
            await MadeAsync(name),
            Is.EquivalentTo(JsonNode.Parse(_translated)!["Resources"]!.AsObject()
                .Where(r => !NotOfMoto.Contains((string)r.Value!["Type"]!)).Select(r => r.Key).Except(unmet)));
    }

    // A variable that is there and empty would be a setting, and mostly a wrong one.
    [TestCaseSource(nameof(Told))]
    public async Task The_function_is_told_what_was_set_and_nothing_else(string[] parameters, string[] unset)
    {
        var name = $"told-{parameters.Length}";
        await CreateAsync(name, await FileAsync("translated.json", _translated), parameters);
        var function = (await AwsAsync("cloudformation", "describe-stacks", "--stack-name", name, "--query", "Stacks[0].Outputs[?OutputKey=='FunctionName'].OutputValue", "--output", "text")).Trim();
        var told = JsonNode.Parse(await AwsAsync("lambda", "get-function-configuration", "--function-name", function, "--query", "Environment.Variables", "--output", "json"))!.AsObject();

        Assert.That(told.Select(v => v.Key), Is.EquivalentTo(SamTemplate.Scanner.Properties("Scanner")["Environment"]!["Variables"]!.AsObject().Select(v => v.Key).Except(unset)));
        Assert.That(told.Select(v => (string?)v.Value), Has.None.Empty);
        Assert.That((string?)told["POSTURE_STATE"], Does.Match(@"\As3://[a-z0-9-]+/posture\z"));
    }

    [Test]
    public void What_moto_cannot_make_is_in_the_template() =>
        Assert.That(NotOfMoto, Is.SubsetOf(JsonNode.Parse(_translated)!["Resources"]!.AsObject().Select(r => (string)r.Value!["Type"]!).ToHashSet()));

    [TestCaseSource(nameof(Readers))]
    public async Task The_reader_of_another_account_trusts_whom_it_is_told(string[] parameters, string[] trusted)
    {
        var name = $"reader-{parameters.Length}";
        await CreateAsync(name, SourceTree.Path("template-reader-role.yaml"), parameters);
        var trust = JsonNode.Parse(await AwsAsync("iam", "list-roles", "--query", $"Roles[?starts_with(RoleName, '{name}')] | [0].AssumeRolePolicyDocument.Statement"))!.AsArray()
            // CloudFormation drops AWS::NoValue from a list; moto leaves a null.
            .OfType<JsonNode>().ToList();

        Assert.That(trust.Select(s => (string?)s["Condition"]!["ArnEquals"]!["aws:PrincipalArn"]), Is.EqualTo(trusted));
        Assert.That(trust.Select(s => (string?)s["Principal"]!["AWS"]), Is.EqualTo(trusted.Select(arn => $"arn:aws:iam::{arn.Split(':')[4]}:root")));
    }

    [Test]
    public async Task A_reader_has_the_name_that_it_is_given()
    {
        await CreateAsync("named", SourceTree.Path("template-reader-role.yaml"), [$"ScannerRoleArn={ScannerRole}", "RoleName=PostureReader"]);

        Assert.That(
            await AwsAsync("cloudformation", "describe-stacks", "--stack-name", "named", "--query", "Stacks[0].Outputs[0].OutputValue", "--output", "text"),
            Does.Match(@"\Aarn:aws:iam::[0-9]{12}:role/PostureReader\s*\z"));
    }

    private Task<string> CreateAsync(string name, string template, string[] parameters) => AwsAsync(
    [
        "cloudformation", "create-stack", "--stack-name", name, "--capabilities", "CAPABILITY_IAM", "--template-body", $"file://{template}",
        .. parameters.Length == 0 ? [] : parameters.Select(p => p.Split('=', 2)).Select(p => $"ParameterKey={p[0]},ParameterValue={p[1].Replace(",", "\\,", StringComparison.Ordinal)}").Prepend("--parameters"),
    ]);

    // A resource that moto does not make has no physical id.
    private async Task<IEnumerable<string>> MadeAsync(string name) =>
        JsonNode.Parse(await AwsAsync("cloudformation", "list-stack-resources", "--stack-name", name, "--query", "StackResourceSummaries[?PhysicalResourceId].LogicalResourceId", "--output", "json"))!
            .AsArray().Select(id => (string)id!);

    private async Task<string> AwsAsync(params string[] args)
    {
        var run = await EndToEnd.Program.AwsAsync(_moto.Url, args);
        Assert.That(run.Exit, Is.Zero, run.Error);
        return run.Out;
    }

    private static string Package()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "lambda.zip");
        using var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        zip.CreateEntry("nothing");
        return file;
    }

    private static async Task<string> FileAsync(string name, string text)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
