using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.S3.Model;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>Evidence as the command line keeps it and an auditor uses it, in a folder and in S3.</summary>
[TestFixture("folder")]
[TestFixture("s3")]
public sealed class EvidenceTests(string sort)
{
    private const string Region = "eu-west-1";
    private const string Bucket = "posture-evidence";

    private ManualClock _clock = null!;
    private string _folder = null!;
    private SandboxServer _sandbox = null!;

    private string Root => sort == "folder" ? Path.Combine(_folder, "evidence") : $"s3://{Bucket}/posture";

    [SetUp]
    public async Task Make_an_estate()
    {
        _clock = new ManualClock();
        _folder = Directory.CreateTempSubdirectory().FullName;
        _sandbox = await SandboxServer.StartAsync(
            Estate.Empty(regions: Region)
                .AddTable(new TableSpec("orders") { Region = Region, Created = TimeSpan.FromDays(90), Pitr = PitrSpec.On })
                .AddTable(new TableSpec("users") { Region = Region, Created = TimeSpan.FromDays(90), Pitr = PitrSpec.Off })
                .AddBucket(new BucketSpec(Bucket) { Region = Region, Versioning = "enabled", ObjectLock = new ObjectLockSpec() }),
            new SandboxOptions { Clock = _clock });
    }

    [TearDown]
    public async Task Remove_it()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Scans_are_chained_verified_and_replayed()
    {
        var heads = new List<string>();
        for (var hour = 0; hour < 3; hour++)
        {
            var scan = await ScanAsync();
            heads.Add(scan.Error[(scan.Error.IndexOf("chain head ", StringComparison.Ordinal) + "chain head ".Length)..scan.Error.LastIndexOf(')')]);
            _clock.Pass(TimeSpan.FromHours(1));
        }

        var verified = await EvidenceAsync("verify", "--head", heads[1], "--schedule", "1h");
        var alone = await EvidenceAsync("verify");
        var replayed = await EvidenceAsync("replay");
        var cut = await EvidenceAsync("verify", "--head", $"4:{new string('a', 64)}");

        Assert.That((verified.Exit, verified.Out), Is.EqualTo((0, verified.Out)), verified.Out + verified.Error);
        Assert.That(verified.Out, Does.Contain($"3 links, 18 files").And.Contain($"head {heads[2]}").And.EndWith("everything is as it was written\n"));
        Assert.That(alone.Out, Does.EndWith("consistent in itself; proves neither origin nor end\n"));
        Assert.That((replayed.Exit, replayed.Out.EndsWith("every byte as it was recorded\n", StringComparison.Ordinal)), Is.EqualTo((0, true)));
        Assert.That((cut.Exit, cut.Out.Contains("chain/0000000004.json was noted as head and is missing: the chain ends at 3", StringComparison.Ordinal)), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task What_was_signed_is_checked_with_the_public_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "public.pem"), key.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.pem"), other.ExportSubjectPublicKeyInfoPem());
        await ScanAsync("--sign-key", Path.Combine(_folder, "key.pem"));
        await ScanAsync();

        var wrong = await EvidenceAsync("verify", "--public-key", Path.Combine(_folder, "other.pem"));
        var right = await EvidenceAsync("verify", "--public-key", Path.Combine(_folder, "public.pem"));

        Assert.That(wrong.Out, Does.Contain("chain/0000000001.json has no valid signature of EC P-256 key"));
        Assert.That(right.Out, Does.Contain("PROBLEM  chain/0000000002.json is not signed").And.Contain("1 of 2 links signed by EC P-256 key"));
        Assert.That((wrong.Exit, right.Exit), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_key_in_KMS_signs()
    {
        _sandbox.Estate.AddKey(new KeySpec("signer") { Region = Region, Spec = "ECC_NIST_P256", Usage = "SIGN_VERIFY" });
        using var kms = _sandbox.Kms(Region);
        var id = (await kms.ListKeysAsync(new Amazon.KeyManagementService.Model.ListKeysRequest())).Keys.Single().KeyArn;
        var scan = await ScanAsync("--sign-key", id);
        var publicKey = (await kms.GetPublicKeyAsync(new Amazon.KeyManagementService.Model.GetPublicKeyRequest { KeyId = id })).PublicKey.ToArray();
        var file = Path.Combine(_folder, "public.pem");
        await File.WriteAllTextAsync(file, new string(PemEncoding.Write("PUBLIC KEY", publicKey)));

        var verified = await EvidenceAsync("verify", "--public-key", file);
        Assert.That((verified.Exit, verified.Out.Contains("1 of 1 link signed by", StringComparison.Ordinal)), Is.EqualTo((0, true)), scan.Error + verified.Out + verified.Error);
    }

    [Test]
    public async Task Two_scanners_at_once_make_two_links()
    {
        await Task.WhenAll(ScanAsync(), ScanAsync(), ScanAsync());
        var verified = await EvidenceAsync("verify");
        Assert.That((verified.Exit, verified.Out.Contains(": 3 links,", StringComparison.Ordinal)), Is.EqualTo((0, true)), verified.Out);
    }

    [Test]
    public async Task Other_policies_say_what_they_would_have_said()
    {
        await ScanAsync();
        var policies = Directory.CreateDirectory(Path.Combine(_folder, "stricter"));
        await File.WriteAllTextAsync(Path.Combine(policies.FullName, "table-protected.yaml"), """
            policy: table-protected
            title: Tables are protected
            severity: low
            resource: AWS::DynamoDB::Table
            require: [ { fact: deletion-protection.enabled, equals: true } ]
            because: It is a test.
            fix: Protect {name}.
            examples:
              - { facts: { deletion-protection.enabled: true }, verdict: pass }
              - { facts: { deletion-protection.enabled: false }, verdict: fail }
            """);
        var run = await EvidenceAsync("replay", "--policies", policies.FullName);
        Assert.That(run.Out, Does.Contain("orders  eu-west-1  table-protected  none -> fail\n      deletion-protection.enabled is false, must equal true\n"));
    }

    [TestCase]
    [TestCase("--head", "1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [TestCase("--schedule", "1h")]
    public async Task Where_there_is_no_evidence_nothing_is_verified(params string[] order)
    {
        if (sort == "folder")
            Directory.CreateDirectory(Root);
        var run = await EvidenceAsync("verify", order);
        Assert.That(run.Exit, Is.EqualTo(order is ["--head", ..] ? 1 : 3), run.Out + run.Error);
        Assert.That(run.Exit == 1 ? run.Out : run.Error, Does.Contain(run.Exit == 1 ? "PROBLEM" : "holds no evidence, so nothing was verified"));
    }

    [Test]
    public async Task Recorded_scans_are_exported_in_every_form()
    {
        await ScanAsync();
        _clock.Pass(TimeSpan.FromDays(1));
        var between = _clock.Now.AddHours(-1).ToString("yyyy-MM-ddTHH:mm:ssZ", null);
        await ScanAsync();

        var csv = await EvidenceAsync("export", "--format", "csv");
        var late = await EvidenceAsync("export", "--format", "csv", "--from", between);
        var json = await EvidenceAsync("export", "--format", "json");
        var html = await EvidenceAsync("export", "--format", "html", "--output", Path.Combine(_folder, "report.html"));
        var sarif = await EvidenceAsync("export", "--format", "sarif");
        var junit = await EvidenceAsync("export", "--format", "junit");
        var nothing = await EvidenceAsync("export", "--format", "csv", "--to", "2020-01-01");

        Assert.That(csv.Out.Count(c => c == '\n') - 1, Is.EqualTo(2 * (late.Out.Count(c => c == '\n') - 1)), "two scans, and one of them");
        Assert.That(json.Json.AsArray().Select(r => r!["schema"]!.GetValue<string>()), Is.EqualTo(new[] { "posture-report/v1", "posture-report/v1" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "report.html")), Does.Contain("The last 2 scans").And.Contain("posture evidence verify"));
        Assert.That(JsonNode.Parse(sarif.Out)!["version"]!.GetValue<string>(), Is.EqualTo("2.1.0"));
        Assert.That(XDocument.Parse(junit.Out).Root!.Name.LocalName, Is.EqualTo("testsuites"));
        Assert.That((html.Exit, nothing.Exit, nothing.Error.Contains("holds no scan of that time", StringComparison.Ordinal)), Is.EqualTo((0, 3, true)));
    }

    [Test]
    public async Task The_package_holds_what_the_report_says()
    {
        var scan = await ScanAsync();
        var package = scan.Error[(scan.Error.IndexOf("evidence ", StringComparison.Ordinal) + "evidence ".Length)..scan.Error.IndexOf(" (chain head", StringComparison.Ordinal)];
        var manifest = JsonNode.Parse(await ReadAsync($"{package}manifest.json"))!;
        var report = JsonNode.Parse(await ReadAsync($"{package}report.json"))!;

        Assert.That(manifest["callers"]![0]!["arn"]!.GetValue<string>(), Does.StartWith("arn:aws:"));
        Assert.That(manifest["targets"]!.AsArray().Select(t => t!["requestIds"]!.AsArray().Count), Is.All.GreaterThan(0));
        Assert.That(manifest["files"]!.AsArray().Select(f => f!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "facts.jsonl.gz", "findings.jsonl.gz", "policies.jsonl.gz", "report.html", "report.json" }));
        Assert.That((int)report["summary"]!["pass"]!, Is.EqualTo((int)scan.Json["summary"]!["pass"]!).And.GreaterThan(0));
        Assert.That(report["findings"]!.AsArray().Select(f => f!["verdict"]!.GetValue<string>()).Distinct(), Is.EqualTo(new[] { "fail" }));
    }

    [Test]
    public async Task Evidence_that_cannot_be_kept_fails_the_run_and_stops_neither_state_nor_alerts()
    {
        _sandbox.Estate.AddTopic("alerts", Region);
        string[] watch = ["--state", Path.Combine(_folder, "state"), "--topic-arn", "arn:aws:sns:eu-west-1:111122223333:alerts", "--publish"];
        await ScanAsync(watch);
        var told = _sandbox.Topics.Messages.Count;
        if (sort == "folder")
            await File.WriteAllTextAsync(Path.Combine(_folder, "blocked"), "a file where the folder should be");
        else
            _sandbox.Faults.Deny("s3:PutObject");
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });

        var run = await Posture.RunAsync(_sandbox, _clock, [.. Scan, "--evidence", sort == "folder" ? Path.Combine(_folder, "blocked", "evidence") : Root, .. watch]);

        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("the evidence of this scan is not kept: "));
        Assert.That(_sandbox.Topics.Messages, Has.Count.GreaterThan(told));
        Assert.That(_sandbox.Metrics.Of("ScanCompleted").Where(m => !m.Dimensions.ContainsKey("Account")).Select(m => m.Sum), Is.EqualTo(new double[] { 1, 0 }));
    }

    [Test]
    public async Task A_signing_key_that_was_switched_off_stops_neither_scan_nor_state_nor_alerts()
    {
        _sandbox.Estate.AddTopic("alerts", Region).AddKey(new KeySpec("signer") { Region = Region, Spec = "ECC_NIST_P256", Usage = "SIGN_VERIFY", State = "Disabled" });
        var run = await ScanAsync("--sign-key", "signer", "--state", Path.Combine(_folder, "state"), "--topic-arn", "arn:aws:sns:eu-west-1:111122223333:alerts");
        Assert.That(run.Exit, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("the evidence of this scan is not kept: ").And.Contain("is Disabled: it cannot sign evidence"));
        Assert.That(_sandbox.Topics.Messages, Is.Not.Empty);
    }

    [Test]
    public async Task Two_recorded_scans_are_compared_offline()
    {
        await ScanAsync();
        _clock.Pass(TimeSpan.FromHours(1));
        _sandbox.Estate.ChangeTable(new TableSpec("orders") { Region = Region, Pitr = PitrSpec.Off });
        await ScanAsync();
        if (sort == "s3")
        {
            var far = await Posture.RunAsync(null, "diff", Root, Root);
            Assert.That((far.Exit, far.Error.Contains("is neither a state, nor a folder with one, nor evidence", StringComparison.Ordinal)), Is.EqualTo((2, true)), "offline is offline");
            return;
        }

        var first = Directory.EnumerateDirectories(Path.Combine(Root, "scans"), "*T*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

        var run = await Posture.RunAsync(null, "diff", first, Root);

        Assert.That((run.Exit, run.Out.Contains("REGRESSED      orders  eu-west-1  dynamodb-pitr-enabled  pass -> fail", StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Out + run.Error);
    }

    [Test]
    public async Task Every_alert_says_where_its_evidence_is_and_carries_the_head()
    {
        _sandbox.Estate.AddTopic("alerts", Region);
        var run = await ScanAsync("--state", Path.Combine(_folder, "state"), "--topic-arn", "arn:aws:sns:eu-west-1:111122223333:alerts");
        var head = run.Error[run.Error.IndexOf("chain head 1:", StringComparison.Ordinal)..run.Error.LastIndexOf(')')];
        Assert.That(_sandbox.Topics.Messages.Single().Text("email"), Does.Contain(head));
        Assert.That(JsonNode.Parse(_sandbox.Topics.Messages.Single().Text("sqs"))!["evidence"]!.GetValue<string>(), Does.Contain(head));
    }

    [Test]
    public async Task A_lock_is_put_on_each_piece_in_S3_and_refused_for_a_folder()
    {
        var run = await ScanAsync("--retain-evidence", "400d");
        if (sort == "folder")
        {
            Assert.That((run.Exit, run.Error.Contains("locks nothing", StringComparison.Ordinal)), Is.EqualTo((2, true)));
            return;
        }

        using var s3 = _sandbox.S3(Region);
        var objects = (await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket })).S3Objects;
        foreach (var key in objects.Select(o => o.Key))
        {
            var head = await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Bucket, Key = key });
            Assert.That((head.ObjectLockMode?.Value, head.ObjectLockRetainUntilDate > _clock.Now.AddDays(399).UtcDateTime), Is.EqualTo(("GOVERNANCE", true)), key);
        }

        Assert.That(objects, Has.Count.EqualTo(7));
    }

    [TestCase(new[] { "scan", "--sign-key", "k.pem" }, "--sign-key says how evidence is kept: give --evidence, too")]
    [TestCase(new[] { "scan", "--evidence", "e", "--retention-mode", "compliance" }, "give --retain-evidence, too")]
    [TestCase(new[] { "evidence", "verify" }, "name the root of the evidence")]
    [TestCase(new[] { "evidence", "verify", "no-such-folder" }, "no-such-folder: there is no such folder")]
    [TestCase(new[] { "evidence", "verify", ".", "--head", "12" }, "'12' is no head")]
    [TestCase(new[] { "evidence", "export", ".", "--format", "pdf" }, "'pdf' is not one of")]
    [TestCase(new[] { "evidence", "export", ".", "--format", "csv", "--from", "yesterday" }, "'yesterday' is no time")]
    public async Task What_cannot_work_is_a_usage_error(string[] args, string sentence)
    {
        var run = await Posture.RunAsync(_sandbox, args);
        Assert.That((run.Exit, run.Error.Contains(sentence, StringComparison.Ordinal)), Is.EqualTo((2, true)), run.Error);
    }

    private static string[] Scan => ["scan", "--regions", Region, "--pace", "off", "--format", "json"];

    private Task<Run> ScanAsync(params string[] more) => Posture.RunAsync(_sandbox, _clock, [.. Scan, "--evidence", Root, .. more]);

    private Task<Run> EvidenceAsync(string command, params string[] more) => Posture.RunAsync(_sandbox, _clock, ["evidence", command, Root, .. more]);

    private async Task<string> ReadAsync(string place)
    {
        if (sort == "folder")
            return await File.ReadAllTextAsync(place);
        using var s3 = _sandbox.S3(Region);
        using var response = await s3.GetObjectAsync(Bucket, place[$"s3://{Bucket}/".Length..]);
        using var reader = new StreamReader(response.ResponseStream);
        return await reader.ReadToEndAsync();
    }
}
