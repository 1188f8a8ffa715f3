using System.Text.Json.Nodes;
using PostureScanner.Aws;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

public sealed class OtherCommandsTests
{
    [Test]
    public async Task Check_proves_the_shipped_policies_without_AWS()
    {
        var run = await Posture.RunAsync(null, "check");
        Assert.That(run.Exit, Is.Zero, run.Error);
        Assert.That(run.Out, Does.EndWith("all is well.\n"));
    }

    [TestCase("posture --help", "--nonsense")]
    [TestCase("posture scan --help", "scan", "--nonsense")]
    [TestCase("posture evidence verify --help", "evidence", "verify", "evidence", "--nonsense")]
    public async Task A_wrong_option_leads_to_the_help_of_its_own_command(string help, params string[] args)
    {
        var run = await Posture.RunAsync(null, args);
        Assert.That(run.Exit, Is.EqualTo(2));
        Assert.That(run.Error, Does.EndWith($"Try: {help}\n"));
    }

    [Test]
    public async Task Facts_prints_every_row_with_its_call()
    {
        var run = await Posture.RunAsync(null, "facts");
        var facts = AwsComposition.Vocabulary.Tables.SelectMany(t => t.Facts).Select(f => f.Name);
        Assert.That(facts.Where(name => !run.Out.Contains($"  {name}  (", StringComparison.Ordinal)), Is.Empty);
        Assert.That(run.Out, Does.Contain("from s3:GetBucketEncryption (s3:GetEncryptionConfiguration)"));
    }

    [Test]
    public async Task Facts_of_one_kind_leaves_out_the_others()
    {
        var run = await Posture.RunAsync(null, "facts", "AWS::S3::Bucket");
        Assert.That(run.Out, Does.StartWith("AWS::S3::Bucket").And.Not.Contain("AWS::DynamoDB::Table"));
        Assert.That((await Posture.RunAsync(null, "facts", "AWS::EC2::Vpc")).Exit, Is.EqualTo(2));
    }

    [Test]
    public async Task Permissions_are_an_IAM_policy_of_reading_actions()
    {
        var run = await Posture.RunAsync(null, "facts", "--permissions");
        var actions = JsonNode.Parse(run.Out)!["Statement"]![0]!["Action"]!.AsArray().Select(a => a!.GetValue<string>()).ToList();
        Assert.That(actions, Is.EqualTo(AwsComposition.Vocabulary.Permissions));
        Assert.That(actions, Is.Ordered.Using<string>(StringComparer.Ordinal).And.All.Matches("^(cloudformation|dynamodb|ec2|s3|kms):(Describe|Get|List)[A-Za-z]+$"));
        Assert.That(actions, Does.Not.Contain("s3:ListBucket"), "HeadBucket must not cost a grant on customers' buckets");
    }

    [Test]
    public async Task Explain_says_what_a_policy_requires_and_reads()
    {
        var run = await Posture.RunAsync(null, "explain", "dynamodb-pitr-enabled");
        Assert.That(run.Exit, Is.Zero);
        Assert.That(run.Out, Does.Contain("pitr.enabled must equal true").And.Contain("from dynamodb:DescribeContinuousBackups"));
    }

    [Test]
    public async Task Explain_of_a_misspelt_policy_names_the_nearest()
    {
        var run = await Posture.RunAsync(null, "explain", "dynamodb-pitr-enable");
        Assert.That(run.Exit, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("did you mean 'dynamodb-pitr-enabled'?"));
    }

    [TestCase("arn:aws:dynamodb:eu-west-1:111122223333:table/Notes", "pitr.recovery-period")]
    [TestCase("arn:aws:s3:::budgetbuddy-receipts", "replication.whole-bucket")]
    public async Task Explain_of_a_resource_shows_its_facts_and_verdicts_and_no_other_resource(string arn, string fact)
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Demo());
        var run = await Posture.RunAsync(sandbox, "explain", "--resource", arn, "--regions", "eu-west-1", "--pace", "off");
        Assert.That(run.Exit, Is.AnyOf(0, 1), run.Error);
        Assert.That(run.Out, Does.StartWith(arn).And.Contain(fact));
        Assert.That(run.Out.Split('\n').Count(line => line.StartsWith("arn:", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase("arn:aws:dynamodb:eu-west-1:111122223333:table/Notes", "")]
    [TestCase("arn:aws:s3:::budgetbuddy-receipts", "posture: arn:aws:s3:::budgetbuddy-receipts is in eu-west-1, which is not among the regions; it is read there\n")]
    public async Task Explain_reads_a_resource_where_it_is_whatever_regions_are_named(string arn, string said)
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Demo());
        foreach (var regions in (string[])["us-east-1", "eu-central-1,us-east-1", "all"])
        {
            var run = await Posture.RunAsync(sandbox, "explain", "--resource", arn, "--regions", regions, "--pace", "off");
            Assert.That(run.Out, Does.StartWith(arn), run.Error);
            Assert.That(run.Error.Contains("it is read there", StringComparison.Ordinal), Is.EqualTo(regions != "all" && said.Length > 0));
            Assert.That(run.Error, Does.Contain(regions == "all" ? "" : said).And.Not.Contain("not found"));
        }
    }

    [Test]
    public async Task A_window_that_is_not_full_says_on_which_day_it_will_be()
    {
        var first = In29Days();
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: "eu-west-1")
            .AddTable(new TableSpec("orders") { Region = "eu-west-1", Created = TimeSpan.FromDays(400), Pitr = new PitrSpec { Since = TimeSpan.FromDays(6) } }));
        var run = await Posture.RunAsync(sandbox, "scan", "--regions", "eu-west-1", "--format", "json");
        // Midnight may pass meanwhile.
        Assert.That(run.Finding("dynamodb-pitr-window-complete", "orders")["message"]!.GetValue<string>(), Does.Match($"the window will be full on ({first}|{In29Days()})"));

        static string In29Days() => DateTimeOffset.UtcNow.AddDays(29).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Test]
    public async Task Explain_of_a_resource_that_is_not_there_says_so()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Demo());
        var run = await Posture.RunAsync(sandbox, "explain", "--resource", "arn:aws:dynamodb:eu-west-1:111122223333:table/Nothing");
        Assert.That(run.Exit, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("was not found"));
    }

    [Test]
    public async Task Every_command_has_help_with_an_example()
    {
        foreach (var command in new[] { "demo", "scan", "check", "facts", "explain", "diff", "evidence", "doctor", "sandbox" })
        {
            var run = await Posture.RunAsync(null, command, "--help");
            Assert.That(run.Exit, Is.Zero);
            Assert.That(run.Out, Does.Contain($"  posture {command}"), command);
        }
    }

    [Test]
    public async Task An_estate_file_with_mistakes_is_bad_usage()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "regoins: [eu-west-1]\n");
        var run = await Posture.RunAsync(null, "sandbox", "--estate", file);
        File.Delete(file);
        Assert.That(run.Exit, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("regoins"));
    }

    [Test]
    public async Task The_demo_leaves_both_reports_and_their_evidence_in_its_folder()
    {
        var folder = Directory.CreateTempSubdirectory();
        var run = await Posture.RunAsync(null, "demo", "--out", folder.FullName);
        var second = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "scan-2.json")))!;
        var page = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "report.html"));
        var verify = run.Out.Split('\n').Single(l => l.Contains("posture evidence verify", StringComparison.Ordinal));
        var verified = await Posture.RunAsync(null, verify[(verify.IndexOf("posture ", StringComparison.Ordinal) + "posture ".Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        folder.Delete(recursive: true);
        Assert.That(verified.Exit, Is.Zero, verified.Out + verified.Error);
        Assert.That(verified.Out, Does.EndWith("everything is as it was written\n"));
        Assert.That(run.Exit, Is.Zero, run.Error);
        Assert.That(second["drift"]!.AsArray().Select(d => d!["change"]!.GetValue<string>()).Distinct(), Does.Contain("regressed").And.Contain("left-scope"));
        Assert.That(page, Does.Contain("What changed since the last scan").And.Contain("The last 2 scans"));
    }

    [Test]
    public async Task Two_states_are_compared_without_AWS()
    {
        var folder = Directory.CreateTempSubdirectory();
        await using var sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: "eu-west-1").AddTable(new TableSpec("orders") { Region = "eu-west-1", Pitr = PitrSpec.On }));
        string[] scan = ["scan", "--regions", "eu-west-1", "--state", Path.Combine(folder.FullName, "now")];
        await Posture.RunAsync(sandbox, scan);
        File.Copy(Path.Combine(folder.FullName, "now", "state.json"), Path.Combine(folder.FullName, "monday.json"));
        sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = "eu-west-1", Pitr = PitrSpec.Off });
        await Posture.RunAsync(sandbox, scan);

        string[] diff = ["diff", Path.Combine(folder.FullName, "monday.json"), Path.Combine(folder.FullName, "now")];
        var text = await Posture.RunAsync(null, diff);
        var json = await Posture.RunAsync(null, [.. diff, "--format", "json"]);
        var same = await Posture.RunAsync(null, "diff", diff[1], diff[1]);
        var broken = await Posture.RunAsync(null, "diff", diff[1], "nowhere.json");
        folder.Delete(recursive: true);

        Assert.That(text.Out, Does.Contain("REGRESSED      orders  eu-west-1  dynamodb-pitr-enabled  pass -> fail"));
        Assert.That(json.Json["schema"]!.GetValue<string>(), Is.EqualTo("posture-diff/v1"));
        Assert.That((text.Exit, json.Exit, same.Exit, broken.Exit), Is.EqualTo((1, 1, 0, 2)));
        Assert.That(broken.Error, Does.StartWith("posture: nowhere.json is neither a state"));
    }
}
