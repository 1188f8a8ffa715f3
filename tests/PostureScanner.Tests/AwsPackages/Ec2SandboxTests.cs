using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.AwsPackages;

/// <summary>Our EC2 against our Sandbox, which share no code: a mistake would have to be made twice.</summary>
public sealed class Ec2SandboxTests
{
    private const string Yaml = "accounts: [{ id: '111122223333' }]\nregions: [{ name: eu-west-1 }, { name: af-south-1, opt-in: not-opted-in }]";

    [Test]
    public async Task Regions_are_the_estates()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Parse(Yaml, "e.yaml"));
        using var ec2 = Client(sandbox);

        var open = await ec2.DescribeRegionsAsync(new DescribeRegionsRequest());
        var all = await ec2.DescribeRegionsAsync(new DescribeRegionsRequest { AllRegions = true, RegionNames = ["af-south-1"] });

        Assert.That(open.Regions.Select(r => r.RegionName), Is.EqualTo((string[])["eu-west-1"]));
        Assert.That(all.Regions.Select(r => (r.RegionName, r.OptInStatus)), Is.EqualTo(((string, string)[])[("af-south-1", "not-opted-in")]));
        Assert.That(open.ResponseMetadata.RequestId, Is.Not.Empty);
    }

    [Test]
    public async Task Denied_and_throttled_have_EC2s_own_codes()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Parse(Yaml, "e.yaml"));
        using var ec2 = Client(sandbox);
        sandbox.Faults.ThrottleFirst("ec2:DescribeRegions", 1);

        var throttled = Assert.ThrowsAsync<AmazonEC2Exception>(async () => await ec2.DescribeRegionsAsync(new DescribeRegionsRequest()))!;
        sandbox.Faults.Deny("ec2:DescribeRegions");
        var denied = Assert.ThrowsAsync<AmazonEC2Exception>(async () => await ec2.DescribeRegionsAsync(new DescribeRegionsRequest()))!;

        Assert.That((throttled.ErrorCode, (int)throttled.StatusCode), Is.EqualTo(("RequestLimitExceeded", 503)));
        Assert.That((denied.ErrorCode, (int)denied.StatusCode), Is.EqualTo(("UnauthorizedOperation", 403)));
    }

    private static AmazonEC2Client Client(SandboxServer sandbox) => new(
        new BasicAWSCredentials("AKIDSANDBOX", "secret"),
        new AmazonEC2Config { ServiceURL = sandbox.Url.ToString(), AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
}
