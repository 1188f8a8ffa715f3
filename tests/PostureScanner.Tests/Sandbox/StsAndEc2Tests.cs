using System.Net;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class StsAndEc2Tests : SandboxTest
{
    private const string Partner = "444455556666";

    [Test]
    public async Task Any_key_is_the_estates_first_account()
    {
        using var sts = Sandbox.Sts();

        Assert.That((await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Account, Is.EqualTo(Clients.Account));
    }

    [Test]
    public async Task An_assumed_role_acts_in_its_account()
    {
        Estate.AddAccount(Partner, "partner").AddTable(new TableSpec("theirs") { Account = Partner });
        using var sts = Sandbox.Sts();

        var given = (await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = $"arn:aws:iam::{Partner}:role/path/Auditor", RoleSessionName = "posture" })).Credentials;
        var credentials = new SessionAWSCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken);
        using var dynamo = Sandbox.DynamoDb(credentials: credentials);
        using var their = Sandbox.Sts(credentials);

        Assert.That((await dynamo.ListTablesAsync()).TableNames, Is.EqualTo(new[] { "theirs" }));
        Assert.That((await their.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn, Is.EqualTo($"arn:aws:sts::{Partner}:assumed-role/Auditor/posture"));
    }

    [Test]
    public void An_account_outside_the_estate_is_AccessDenied()
    {
        using var sts = Sandbox.Sts();

        Assert.That(
            async () => await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = "arn:aws:iam::999999999999:role/Auditor", RoleSessionName = "posture" }),
            Refused("AccessDenied"));
    }

    [Test]
    public async Task Regions_are_the_estates()
    {
        using var answer = await Sandbox.SendAsync(HttpMethod.Post, "/", "ec2", body: "Action=DescribeRegions&Version=2016-11-15");

        var xml = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(xml, Does.Contain("<regionName>eu-west-1</regionName>").And.Contain("<regionName>eu-central-1</regionName>").And.Contain("<optInStatus>opt-in-not-required</optInStatus>"));
    }

    [TestCase("", false)]
    [TestCase("&AllRegions=true", true)]
    public async Task A_region_nobody_opted_in_to_is_listed_only_among_all(string parameter, bool listed)
    {
        const string Yaml = "accounts: [{ id: '111122223333' }]\nregions: [{ name: eu-west-1 }, { name: af-south-1, opt-in: not-opted-in }]";
        await using var sandbox = await SandboxServer.StartAsync(Estate.Parse(Yaml, "e.yaml"));

        using var answer = await sandbox.SendAsync(HttpMethod.Post, "/", "ec2", body: $"Action=DescribeRegions{parameter}");

        Assert.That((await answer.Content.ReadAsStringAsync()).Contains("af-south-1", StringComparison.Ordinal), Is.EqualTo(listed));
    }

    [TestCase("/", "dynamodb", "DynamoDB_20120810.ListExports", "dynamodb:ListExports")]
    [TestCase("/", "kms", "TrentService.Encrypt", "kms:Encrypt")]
    [TestCase("/", "sts", null, "sts:GetSessionToken")]
    [TestCase("/", "ec2", null, "ec2:GetSessionToken")]
    [TestCase("/bucket?inventory", "s3", null, "s3:POST bucket?inventory")]
    public async Task An_operation_it_does_not_know_is_501_and_is_named(string path, string service, string? target, string operation)
    {
        using var answer = await Sandbox.SendAsync(HttpMethod.Post, path, service, target: target, body: service is "sts" or "ec2" ? "Action=GetSessionToken" : "{}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotImplemented));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(operation));
    }

    [Test]
    public async Task Every_answer_carries_a_request_id_and_the_clocks_date()
    {
        Clock.Pass(TimeSpan.FromDays(3));

        using var dynamo = await Sandbox.SendAsync(HttpMethod.Post, "/", "dynamodb", target: "DynamoDB_20120810.ListTables", body: "{}");
        using var s3 = await Sandbox.SendAsync(HttpMethod.Get, "/", "s3");

        Assert.That(dynamo.Headers.GetValues("x-amzn-RequestId").Single(), Is.EqualTo("00000000-0000-0000-0000-000000000001"));
        Assert.That(s3.Headers.GetValues("x-amz-request-id").Single(), Is.EqualTo("0000000000000002"));
        Assert.That(s3.Headers.Date, Is.EqualTo(Clock.Now));
    }
}
