using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace PostureScanner.Tests.AwsPackages.Moto;

public sealed class CloudFormationMotoTests : MotoTest<AmazonCloudFormationClient>
{
    private const string Template = """
        {
          "AWSTemplateFormatVersion": "2010-09-09",
          "Description": "Läden & Märkte ☃",
          "Resources": {
            "Orders": {
              "Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
              "Properties": {
                "TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }], "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }]
              }
            },
            "Files": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "shop-files" } }
          }
        }
        """;

    protected override AmazonCloudFormationClient Connect() => new(Credentials, Config(new AmazonCloudFormationConfig()));

    protected override async Task ArrangeAsync()
    {
        await AwsAsync("cloudformation", "create-stack", "--stack-name", "shop", "--template-body", Template, "--tags", "Key=team,Value=a&b");
        await AwsAsync("cloudformation", "create-stack", "--stack-name", "other", "--template-body", """{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}""");
    }

    [Test]
    public async Task A_stack_is_described()
    {
        var stack = (await Client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "shop" })).Stacks.Single();

        Assert.That((stack.StackName, stack.Description, stack.StackStatus), Is.EqualTo(("shop", "Läden & Märkte ☃", StackStatus.CREATE_COMPLETE)));
        Assert.That(stack.StackId, Does.StartWith($"arn:aws:cloudformation:us-east-1:{Account}:stack/shop/"));
        Assert.That((stack.Tags.Single().Key, stack.Tags.Single().Value), Is.EqualTo(("team", "a&b")));
        Assert.That(stack.CreationTime, Is.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task Stacks_are_all_found()
    {
        var answer = await Client.DescribeStacksAsync(new DescribeStacksRequest());

        Assert.That(answer.Stacks.Select(s => s.StackName), Is.EquivalentTo((string[])["shop", "other"]));
        Assert.That(answer.ResponseMetadata.RequestId, Is.Not.Empty);
    }

    [Test]
    public async Task The_template_says_what_happens_to_the_table()
    {
        var answer = await Client.GetTemplateAsync(new GetTemplateRequest { StackName = "shop", TemplateStage = TemplateStage.Original });

        var template = JsonNode.Parse(answer.TemplateBody)!;
        Assert.That(template["Resources"]!["Orders"]!["DeletionPolicy"]!.GetValue<string>(), Is.EqualTo("Retain"));
        Assert.That(template["Description"]!.GetValue<string>(), Is.EqualTo("Läden & Märkte ☃"));
    }

    [Test]
    public async Task Resources_are_listed_and_described()
    {
        var listed = (await Client.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = "shop" })).StackResourceSummaries;
        var described = (await Client.DescribeStackResourcesAsync(new DescribeStackResourcesRequest { StackName = "shop" })).StackResources;

        (string, string, string)[] expected = [("Files", "AWS::S3::Bucket", "shop-files"), ("Orders", "AWS::DynamoDB::Table", "orders")];
        Assert.That(listed.Select(r => (r.LogicalResourceId, r.ResourceType, r.PhysicalResourceId)), Is.EquivalentTo(expected));
        Assert.That(described.Select(r => (r.LogicalResourceId, r.ResourceType, r.PhysicalResourceId)), Is.EquivalentTo(expected));
        Assert.That(described.Select(r => (r.StackName, r.ResourceStatus)), Is.All.EqualTo(("shop", ResourceStatus.CREATE_COMPLETE)));
    }

    [Test]
    public void A_stack_that_is_not_there_is_a_ValidationError()
    {
        var error = Assert.ThrowsAsync<AmazonCloudFormationException>(async () => await Client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "gone" }))!;

        Assert.That((error.ErrorCode, (int)error.StatusCode, error.Message), Is.EqualTo(("ValidationError", 400, "Stack with id gone does not exist")));
        Assert.That(error.RequestId, Is.Not.Empty);
    }
}
