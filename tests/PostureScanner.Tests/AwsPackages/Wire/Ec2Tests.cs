using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;

namespace PostureScanner.Tests.AwsPackages.Wire;

public sealed class Ec2Tests
{
    [Test]
    public async Task Regions_are_asked_for_in_EC2s_own_dialect()
    {
        await using var listener = await Listener.StartAsync("""
            <DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
              <requestId>req-2</requestId>
              <regionInfo>
                <item><regionName>us-east-1</regionName><regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item>
                <item><regionName>af-south-1</regionName><regionEndpoint>ec2.af-south-1.amazonaws.com</regionEndpoint><optInStatus>not-opted-in</optInStatus></item>
              </regionInfo>
            </DescribeRegionsResponse>
            """);
        using var ec2 = Client(listener);

        var answer = await ec2.DescribeRegionsAsync(new DescribeRegionsRequest
        {
            AllRegions = true,
            DryRun = false,
            RegionNames = ["us-east-1", "af-south-1"],
            Filters = [new Filter("opt-in-status", ["opted-in", "opt-in-not-required"]), new Filter { Name = "endpoint", Values = ["*"] }],
        });

        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])
        [
            "Action=DescribeRegions", "Version=2016-11-15", "AllRegions=true", "DryRun=false", "RegionName.1=us-east-1", "RegionName.2=af-south-1",
            "Filter.1.Name=opt-in-status", "Filter.1.Value.1=opted-in", "Filter.1.Value.2=opt-in-not-required", "Filter.2.Name=endpoint", "Filter.2.Value.1=*",
        ]));
        Assert.That(answer.ResponseMetadata.RequestId, Is.EqualTo("req-2"));
        Assert.That(
            answer.Regions.Select(r => (r.RegionName, r.Endpoint, r.OptInStatus)),
            Is.EqualTo(((string, string, string)[])[("us-east-1", "ec2.us-east-1.amazonaws.com", "opt-in-not-required"), ("af-south-1", "ec2.af-south-1.amazonaws.com", "not-opted-in")]));
    }

    [Test]
    public async Task An_error_is_the_first_of_EC2s_list_of_errors()
    {
        await using var listener = await Listener.StartAsync(new Answer(403, "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You may not.</Message></Error></Errors><RequestID>req-3</RequestID></Response>"));
        using var ec2 = Client(listener);

        var error = Assert.ThrowsAsync<AmazonEC2Exception>(async () => await ec2.DescribeRegionsAsync(new DescribeRegionsRequest()))!;

        Assert.That((error.ErrorCode, error.Message, error.RequestId, (int)error.StatusCode), Is.EqualTo(("UnauthorizedOperation", "You may not.", "req-3", 403)));
    }

    private static AmazonEC2Client Client(Listener listener) => new(new BasicAWSCredentials("key", "secret"), listener.Config(new AmazonEC2Config()));
}
