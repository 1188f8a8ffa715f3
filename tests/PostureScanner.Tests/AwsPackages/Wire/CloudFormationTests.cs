using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.Runtime;

namespace PostureScanner.Tests.AwsPackages.Wire;

public sealed class CloudFormationTests
{
    private static readonly DateTime Then = new(2026, 11, 20, 10, 0, 0, DateTimeKind.Utc);

    [Test]
    public async Task Stacks_come_in_pages()
    {
        await using var listener = await Listener.StartAsync("""
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
              <Stacks><member>
                <StackId>arn:s/1</StackId><StackName>shop</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><StackStatusReason>why</StackStatusReason>
                <Description>Läden &#x2603; &lt;all&gt;</Description><CreationTime>2026-11-20T10:00:00.000Z</CreationTime><LastUpdatedTime>2026-11-20T10:00:01Z</LastUpdatedTime>
                <EnableTerminationProtection>true</EnableTerminationProtection><ParentId>arn:p</ParentId><RootId>arn:r</RootId>
                <RetainExceptOnCreate>false</RetainExceptOnCreate><DeletionMode>STANDARD</DeletionMode>
                <Parameters><member><ParameterKey>Password</ParameterKey><ParameterValue>hunter2</ParameterValue></member></Parameters>
                <Tags><member><Key>team</Key><Value>a=b</Value></member></Tags>
              </member></Stacks>
              <NextToken>more</NextToken>
            </DescribeStacksResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DescribeStacksResponse>
            """, "<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>");
        using var cloudFormation = Client(listener);

        var first = await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest());
        var last = await cloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = "shop", NextToken = first.NextToken });

        var stack = first.Stacks.Single();
        Assert.That((stack.StackId, stack.StackName, stack.Description, stack.ParentId, stack.RootId), Is.EqualTo(("arn:s/1", "shop", "Läden ☃ <all>", "arn:p", "arn:r")));
        Assert.That((stack.StackStatus, stack.StackStatusReason, stack.DeletionMode), Is.EqualTo((StackStatus.UPDATE_COMPLETE, "why", DeletionMode.STANDARD)));
        Assert.That((stack.CreationTime, stack.LastUpdatedTime, stack.DeletionTime), Is.EqualTo(((DateTime?)Then, (DateTime?)Then.AddSeconds(1), (DateTime?)null)));
        Assert.That((stack.EnableTerminationProtection, stack.RetainExceptOnCreate), Is.EqualTo((true, false)));
        Assert.That((stack.Tags.Single().Key, stack.Tags.Single().Value), Is.EqualTo(("team", "a=b")));
        Assert.That((first.ResponseMetadata.RequestId, last.Stacks, last.NextToken), Is.EqualTo(("r-1", (List<Stack>?)null, (string?)null)));
        Assert.That(listener.Asked[0].Fields, Is.EquivalentTo((string[])["Action=DescribeStacks", "Version=2010-05-15"]));
        Assert.That(listener.Asked[1].Fields, Is.EquivalentTo((string[])["Action=DescribeStacks", "Version=2010-05-15", "StackName=shop", "NextToken=more"]));
    }

    [Test]
    public async Task A_template_arrives_character_by_character()
    {
        const string Template = "Resources:\n  T:\n    Type: !Sub '${A}'\n\t# é ☃ <&>\n";
        await using var listener = await Listener.StartAsync($"""
            <GetTemplateResponse><GetTemplateResult>
              <StagesAvailable><member>Original</member><member>Processed</member></StagesAvailable>
              <TemplateBody>{System.Security.SecurityElement.Escape(Template)}&#x1;</TemplateBody>
            </GetTemplateResult></GetTemplateResponse>
            """);
        using var cloudFormation = Client(listener);

        var answer = await cloudFormation.GetTemplateAsync(new GetTemplateRequest { StackName = "shop", TemplateStage = TemplateStage.Processed, ChangeSetName = "c" });

        Assert.That(answer.TemplateBody, Is.EqualTo(Template + '\u0001'), "XML forbids the last character; people's templates do not ask XML");
        Assert.That(answer.StagesAvailable, Is.EqualTo((string[])["Original", "Processed"]));
        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])["Action=GetTemplate", "Version=2010-05-15", "StackName=shop", "TemplateStage=Processed", "ChangeSetName=c"]));
    }

    [Test]
    public async Task Resources_are_found_by_their_physical_id()
    {
        await using var listener = await Listener.StartAsync("""
            <DescribeStackResourcesResponse><DescribeStackResourcesResult><StackResources><member>
              <StackName>shop</StackName><StackId>arn:s/1</StackId><LogicalResourceId>T</LogicalResourceId><PhysicalResourceId>orders</PhysicalResourceId>
              <ResourceType>AWS::DynamoDB::Table</ResourceType><Timestamp>2026-11-20T10:00:00Z</Timestamp><ResourceStatus>DELETE_SKIPPED</ResourceStatus>
              <ResourceStatusReason>kept</ResourceStatusReason><Description>d</Description>
            </member></StackResources></DescribeStackResourcesResult></DescribeStackResourcesResponse>
            """);
        using var cloudFormation = Client(listener);

        var resource = (await cloudFormation.DescribeStackResourcesAsync(new DescribeStackResourcesRequest { PhysicalResourceId = "orders", LogicalResourceId = "T", StackName = "shop" })).StackResources.Single();

        Assert.That((resource.StackName, resource.StackId, resource.LogicalResourceId, resource.PhysicalResourceId), Is.EqualTo(("shop", "arn:s/1", "T", "orders")));
        Assert.That((resource.ResourceType, resource.Timestamp, resource.ResourceStatus), Is.EqualTo(("AWS::DynamoDB::Table", (DateTime?)Then, ResourceStatus.DELETE_SKIPPED)));
        Assert.That((resource.ResourceStatusReason, resource.Description), Is.EqualTo(("kept", "d")));
        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])
            ["Action=DescribeStackResources", "Version=2010-05-15", "PhysicalResourceId=orders", "LogicalResourceId=T", "StackName=shop"]));
    }

    [Test]
    public async Task A_stacks_resources_come_in_pages()
    {
        await using var listener = await Listener.StartAsync("""
            <ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries><member>
              <LogicalResourceId>B</LogicalResourceId><PhysicalResourceId>bucket</PhysicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType>
              <LastUpdatedTimestamp>2026-11-20T10:00:00Z</LastUpdatedTimestamp><ResourceStatus>CREATE_COMPLETE</ResourceStatus><ResourceStatusReason>r</ResourceStatusReason>
            </member></StackResourceSummaries><NextToken>t</NextToken></ListStackResourcesResult></ListStackResourcesResponse>
            """);
        using var cloudFormation = Client(listener);

        var answer = await cloudFormation.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = "shop", NextToken = "s" });

        var resource = answer.StackResourceSummaries.Single();
        Assert.That((resource.LogicalResourceId, resource.PhysicalResourceId, resource.ResourceType, answer.NextToken), Is.EqualTo(("B", "bucket", "AWS::S3::Bucket", "t")));
        Assert.That((resource.LastUpdatedTimestamp, resource.ResourceStatus, resource.ResourceStatusReason), Is.EqualTo(((DateTime?)Then, ResourceStatus.CREATE_COMPLETE, "r")));
        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])["Action=ListStackResources", "Version=2010-05-15", "StackName=shop", "NextToken=s"]));
    }

    private static AmazonCloudFormationClient Client(Listener listener) => new(new BasicAWSCredentials("key", "secret"), listener.Config(new AmazonCloudFormationConfig()));
}
