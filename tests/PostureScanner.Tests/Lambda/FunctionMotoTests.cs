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
    public async Task It_scans_keeps_and_tells()
    {
        await using var slack = await Listener.StartAsync(new Answer(200, "ok"));
        await using var api = await RuntimeApiServer.StartAsync();
        await AwsAsync("s3api", "create-bucket", "--bucket", "posture");
        await AwsAsync(
            "dynamodb", "create-table", "--table-name", "orders", "--billing-mode", "PAY_PER_REQUEST",
            "--key-schema", "AttributeName=pk,KeyType=HASH", "--attribute-definitions", "AttributeName=pk,AttributeType=S");
        // As JSON: a parameter that is a URL the CLI would fetch.
        var secret = JsonNode.Parse(await AwsAsync("secretsmanager", "create-secret", "--cli-input-json", $$"""{"Name":"slack","SecretString":"{{slack.Url}}/services/5ecre7"}"""))!["ARN"]!.GetValue<string>();
        await using var function = FunctionProcess.Start(
            api, _moto.Url, ("AWS_REGION", "us-east-1"), ("POSTURE_PACE", "off"), ("POSTURE_STATE", "s3://posture/state"), ("POSTURE_EVIDENCE", "s3://posture/evidence"), ("POSTURE_SLACK_SECRET_ARN", secret));

        var first = await api.InvokeAsync("""{"scheduledTime":"2026-11-20T10:00:00Z"}""");
        await AwsAsync("secretsmanager", "delete-secret", "--secret-id", "slack", "--force-delete-without-recovery");
        var second = await api.InvokeAsync("""{"scheduledTime":"2026-11-20T11:00:00Z"}""");
        var log = await function.LogAsync();

        Assert.That(first.IsError, Is.False, first.Body);
        Assert.That(slack.Asked, Has.Count.EqualTo(1), "the baseline");
        Assert.That(second.Message, Does.Contain($"the Slack webhook is not known: secretsmanager:GetSecretValue of {secret}: ResourceNotFoundException"));
        Assert.That(second.Summary["evidenceHead"]!.GetValue<string>(), Does.StartWith("2:"), "everything else was done");
        Assert.That(string.Concat(log) + first.Body + second.Body, Does.Not.Contain("5ecre7"));
        Assert.That(await AwsAsync("s3", "cp", "s3://posture/state/state.json", "-"), Does.Contain("\"scheduledTime\":\"2026-11-20T11:00:00Z\"").And.Not.Contain("5ecre7"));
    }

    private async Task<string> AwsAsync(params string[] args)
    {
        var run = await EndToEnd.Program.AwsAsync(_moto.Url, args);
        Assert.That(run.Exit, Is.Zero, run.Error);
        return run.Out;
    }
}
