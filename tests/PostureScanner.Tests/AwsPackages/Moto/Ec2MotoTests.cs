using Amazon.EC2;
using Amazon.EC2.Model;

namespace PostureScanner.Tests.AwsPackages.Moto;

public sealed class Ec2MotoTests : MotoTest<AmazonEC2Client>
{
    protected override AmazonEC2Client Connect() => new(Credentials, Config(new AmazonEC2Config()));

    [Test]
    public async Task The_regions_of_the_account_are_listed()
    {
        var answer = await Client.DescribeRegionsAsync(new DescribeRegionsRequest());

        Assert.That(answer.Regions.Select(r => r.RegionName), Is.SupersetOf((string[])["us-east-1", "eu-west-1"]));
        Assert.That(answer.ResponseMetadata.RequestId, Is.Not.Empty);
    }

    [Test]
    public async Task Regions_not_opted_in_to_are_listed_when_asked_for()
    {
        var answer = await Client.DescribeRegionsAsync(new DescribeRegionsRequest { AllRegions = true });

        var region = answer.Regions.Single(r => r.RegionName == "me-south-1");
        Assert.That((region.Endpoint, region.OptInStatus), Is.EqualTo(("ec2.me-south-1.amazonaws.com", "not-opted-in")));
    }

    [Test]
    public async Task Only_the_regions_named_are_listed()
    {
        var answer = await Client.DescribeRegionsAsync(new DescribeRegionsRequest { RegionNames = ["eu-west-1", "us-west-2"] });

        Assert.That(answer.Regions.Select(r => r.RegionName), Is.EquivalentTo((string[])["eu-west-1", "us-west-2"]));
    }

    [Test]
    public void A_dry_run_ends_in_an_error_that_says_yes()
    {
        var error = Assert.ThrowsAsync<AmazonEC2Exception>(async () => await Client.DescribeRegionsAsync(new DescribeRegionsRequest { DryRun = true }))!;

        Assert.That((error.ErrorCode, (int)error.StatusCode), Is.EqualTo(("DryRunOperation", 412)));
        Assert.That(error.RequestId, Is.Not.Empty);
    }
}
