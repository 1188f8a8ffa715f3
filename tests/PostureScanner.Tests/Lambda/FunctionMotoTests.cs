using System.Text.Json.Nodes;
using PostureScanner.Tests.AwsPackages.Wire;
using PostureScanner.Tests.EndToEnd;

namespace PostureScanner.Tests.Lambda;

/// <summary>The published function against moto, with a Slack webhook in Secrets Manager.</summary>
public sealed class FunctionMotoTests
{
    private MotoServer _moto = null!;

    [OneTimeSetUp]
    public async Task Start() => _moto = await MotoServer.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await (_moto?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task Hour_after_hour_it_scans_keeps_tells_publishes_and_answers()
    {
        await _moto.AwsAsync("s3api", "create-bucket", "--bucket", "hours");
        await CreateTableAsync("hourly");
        await SwitchAsync("hourly", "true");
        var inbox = await MotoInbox.OpenAsync(_moto, "hours");
        await using var api = await RuntimeApiServer.StartAsync();
        await using var function = FunctionProcess.Start(
            api, _moto.Url, ("AWS_REGION", "us-east-1"), ("POSTURE_PACE", "off"), ("POSTURE_GRACE", "1s"), ("POSTURE_STATE", "s3://hours/state"), ("POSTURE_EVIDENCE", "s3://hours/evidence"), ("POSTURE_TOPIC_ARN", inbox.TopicArn));

        var first = await api.InvokeAsync("""{"scheduledTime":"2026-11-20T10:00:00Z"}""");
        var baseline = await inbox.ReadAsync();
        await SwitchAsync("hourly", "false");
        var second = await api.InvokeAsync("""{"scheduledTime":"2026-11-20T11:00:00Z"}""");
        var alerts = await inbox.ReadAsync();
        var again = await api.InvokeAsync("""{"scheduledTime":"2026-11-20T11:00:00Z"}""");

        Assert.That(new[] { first, second, again }.Select(p => p.IsError), Is.All.False, first.Body + second.Body + again.Body);
        Assert.That(baseline.Select(a => a["type"]!.GetValue<string>()), Is.EqualTo(new[] { "baseline" }));
        Assert.That(second.Summary["drift"]!.GetValue<int>(), Is.GreaterThan(0));
        Assert.That(
            alerts.SelectMany(a => a["changes"]!.AsArray()).Select(c => ((string?)c!["change"], (string?)c["policy"], (string?)c["resource"]?["name"])),
            Has.Member(("regressed", "dynamodb-pitr-enabled", "hourly")));
        Assert.That(again.Summary["alreadyDone"]!.GetValue<bool>(), Is.True);
        Assert.That(await inbox.ReadAsync(), Is.Empty);
        Assert.That(await _moto.MaximumAsync("ScanCompleted"), Is.EqualTo(1));
        Assert.That(await _moto.MaximumAsync("DriftEvents", "Name=Change,Value=regressed"), Is.GreaterThan(0));
        Assert.That(
            JsonNode.Parse(await _moto.AwsAsync("s3api", "list-objects-v2", "--bucket", "hours"))!["Contents"]!.AsArray().Select(o => (string)o!["Key"]!).Where(k => k.Contains("/chain/", StringComparison.Ordinal) || k.StartsWith("state/", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "evidence/chain/0000000001.json", "evidence/chain/0000000002.json", "state/state.json" }));
    }

    [Test]
    public async Task A_webhook_that_is_gone_fails_the_run_and_keeps_nothing_else_from_being_done()
    {
        await using var slack = await Listener.StartAsync(new Answer(200, "ok"));
        await using var api = await RuntimeApiServer.StartAsync();
        await _moto.AwsAsync("s3api", "create-bucket", "--bucket", "posture");
        await CreateTableAsync("orders");
        // As JSON: a parameter that is a URL the CLI would fetch.
        var secret = JsonNode.Parse(await _moto.AwsAsync("secretsmanager", "create-secret", "--cli-input-json", $$"""{"Name":"slack","SecretString":"{{slack.Url}}/services/5ecre7"}"""))!["ARN"]!.GetValue<string>();
        await using var function = FunctionProcess.Start(
            api, _moto.Url, ("AWS_REGION", "us-east-1"), ("POSTURE_PACE", "off"), ("POSTURE_STATE", "s3://posture/state"), ("POSTURE_EVIDENCE", "s3://posture/evidence"), ("POSTURE_SLACK_SECRET_ARN", secret));

        var first = await api.InvokeAsync("""{"scheduledTime":"2026-11-20T10:00:00Z"}""");
        await _moto.AwsAsync("secretsmanager", "delete-secret", "--secret-id", "slack", "--force-delete-without-recovery");
        var second = await api.InvokeAsync("""{"scheduledTime":"2026-11-20T11:00:00Z"}""");
        var log = await function.LogAsync();

        Assert.That(first.IsError, Is.False, first.Body);
        Assert.That(slack.Asked, Has.Count.EqualTo(1), "the baseline");
        Assert.That(second.Message, Does.Contain($"the Slack webhook is not known: secretsmanager:GetSecretValue of {secret}: ResourceNotFoundException"));
        Assert.That(second.Summary["evidenceHead"]!.GetValue<string>(), Does.StartWith("2:"), "everything else was done");
        Assert.That(string.Concat(log) + first.Body + second.Body, Does.Not.Contain("5ecre7"));
        Assert.That(await _moto.AwsAsync("s3", "cp", "s3://posture/state/state.json", "-"), Does.Contain("\"scheduledTime\":\"2026-11-20T11:00:00Z\"").And.Not.Contain("5ecre7"));
    }

    private Task CreateTableAsync(string name) => _moto.AwsAsync(
        "dynamodb", "create-table", "--table-name", name, "--billing-mode", "PAY_PER_REQUEST",
        "--key-schema", "AttributeName=pk,KeyType=HASH", "--attribute-definitions", "AttributeName=pk,AttributeType=S");

    private Task SwitchAsync(string table, string enabled) => _moto.AwsAsync(
        "dynamodb", "update-continuous-backups", "--table-name", table, "--point-in-time-recovery-specification", $"PointInTimeRecoveryEnabled={enabled}");
}
