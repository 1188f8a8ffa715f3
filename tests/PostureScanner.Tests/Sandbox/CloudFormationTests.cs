using System.Net;
using System.Xml.Linq;
using Amazon.DynamoDBv2.Model;
using Amazon.S3.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class CloudFormationTests : SandboxTest
{
    private const string Original = "Resources: { Orders: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: !Ref Policy } }\n";

    protected override SandboxOptions Options => new() { StacksPerPage = 2 };

    [SetUp]
    public void Furnish() => Estate
        .AddKey(new KeySpec("key-1") { Alias = "orders" })
        .AddTable(new TableSpec("orders") { Replicas = [new ReplicaSpec(Clients.Away)] })
        .AddBucket(new BucketSpec("docs"))
        .AddStack(new StackSpec("shop")
        {
            Created = TimeSpan.FromDays(9),
            Template = Original,
            Processed = "{}",
            TerminationProtection = true,
            Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal)
            {
                ["Orders"] = StackResourceSpec.GlobalTable("orders"), ["Docs"] = StackResourceSpec.Bucket("docs"), ["Key"] = StackResourceSpec.Key("orders"),
            },
        });

    [Test]
    public async Task A_stack_is_described_by_name_and_by_id()
    {
        var byName = await CallAsync("DescribeStacks&StackName=shop");
        var byId = await CallAsync($"DescribeStacks&StackName={byName["StackId"].Single()}");

        Assert.That(byId["StackName"], Is.EqualTo(new[] { "shop" }));
        Assert.That((byName["StackStatus"].Single(), byName["EnableTerminationProtection"].Single()), Is.EqualTo(("CREATE_COMPLETE", "true")));
        Assert.That(byName["CreationTime"].Single(), Is.EqualTo(Clock.Now.AddDays(-9).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")));
        Assert.That(byName["StackId"].Single(), Does.StartWith($"arn:aws:cloudformation:{Clients.Home}:{Clients.Account}:stack/shop/"));
    }

    [TestCase("DescribeStacks&StackName=none", "Stack with id none does not exist")]
    [TestCase("GetTemplate&StackName=none", "Stack with id none does not exist")]
    [TestCase("ListStackResources&StackName=none", "Stack with id none does not exist")]
    [TestCase("DescribeStackResources&PhysicalResourceId=none", "Stack for none does not exist")]
    [TestCase("DescribeStackResources&PhysicalResourceId=docs&StackName=shop", "Exactly one of StackName and PhysicalResourceId")]
    [TestCase("DescribeStackResources", "Exactly one of StackName and PhysicalResourceId")]
    public async Task What_is_not_there_is_a_ValidationError(string call, string message)
    {
        using var answer = await SendAsync(call);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<Code>ValidationError</Code>").And.Contain(message));
    }

    [Test]
    public async Task A_deleted_stack_is_found_by_its_id_for_ninety_days()
    {
        var id = (await CallAsync("DescribeStacks&StackName=shop"))["StackId"].Single();

        Estate.ChangeStack(new StackSpec("shop") { Deleted = TimeSpan.Zero });

        using var byName = await SendAsync("DescribeStacks&StackName=shop");
        Assert.That(byName.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await CallAsync($"DescribeStacks&StackName={id}"))["StackStatus"], Is.EqualTo(new[] { "DELETE_COMPLETE" }));
        Assert.That((await CallAsync($"GetTemplate&TemplateStage=Original&StackName={id}"))["TemplateBody"], Is.EqualTo(new[] { Original }));
        Assert.That((await CallAsync("DescribeStacks"))["StackId"], Is.Empty);
        Assert.That((await CallAsync("ListStacks"))["StackStatus"], Is.EqualTo(new[] { "DELETE_COMPLETE" }));
        Assert.That((await CallAsync("ListStacks&StackStatusFilter.member.1=CREATE_COMPLETE"))["StackId"], Is.Empty);
        Clock.Pass(TimeSpan.FromDays(91));
        using var later = await SendAsync($"DescribeStacks&StackName={id}");
        Assert.That(later.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("&TemplateStage=Original", Original)]
    [TestCase("&TemplateStage=Processed", "{}")]
    [TestCase("", "{}")]
    public async Task A_template_is_given_in_the_stage_asked_for_word_for_word(string stage, string template) =>
        Assert.That((await CallAsync($"GetTemplate&StackName=shop{stage}"))["TemplateBody"], Is.EqualTo(new[] { template }));

    [Test]
    public async Task Resources_are_found_by_stack_and_by_what_they_are()
    {
        foreach (var call in new[] { "DescribeStackResources&StackName=shop", "DescribeStackResources&PhysicalResourceId=orders" })
        {
            var resources = await CallAsync(call);
            Assert.That(resources["LogicalResourceId"], Is.EqualTo(new[] { "Docs", "Key", "Orders" }));
            Assert.That(resources["PhysicalResourceId"], Is.EqualTo(new[] { "docs", "key-1", "orders" }));
            Assert.That(resources["ResourceType"], Is.EqualTo(new[] { "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::DynamoDB::GlobalTable" }));
        }

        Assert.That((await CallAsync("DescribeStackResources&StackName=shop&LogicalResourceId=Docs"))["PhysicalResourceId"], Is.EqualTo(new[] { "docs" }));
    }

    [Test]
    public async Task Resources_and_stacks_come_in_pages()
    {
        Estate.AddStack(new StackSpec("b")).AddStack(new StackSpec("c"));

        var first = await CallAsync("ListStackResources&StackName=shop");
        var second = await CallAsync($"ListStackResources&StackName=shop&NextToken={first["NextToken"].Single()}");
        var stacks = await CallAsync("DescribeStacks");
        var rest = await CallAsync($"DescribeStacks&NextToken={stacks["NextToken"].Single()}");

        Assert.That(first["LogicalResourceId"].Concat(second["LogicalResourceId"]), Is.EqualTo(new[] { "Docs", "Key", "Orders" }));
        Assert.That(stacks["StackName"].Concat(rest["StackName"]), Is.EqualTo(new[] { "b", "c", "shop" }));
        Assert.That(rest["NextToken"], Is.Empty);
    }

    [Test]
    public async Task What_a_stack_owns_carries_its_tags_and_a_replica_elsewhere_does_not()
    {
        using var dynamo = Sandbox.DynamoDb();
        using var away = Sandbox.DynamoDb(Clients.Away);
        using var s3 = Sandbox.S3();
        Task<ListTagsOfResourceResponse> TagsAsync(Amazon.DynamoDBv2.AmazonDynamoDBClient client, string region) =>
            client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = $"arn:aws:dynamodb:{region}:{Clients.Account}:table/orders" });

        var table = (await TagsAsync(dynamo, Clients.Home)).Tags.ToDictionary(tag => tag.Key, tag => tag.Value);
        var bucket = (await s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = "docs" })).TagSet.ToDictionary(tag => tag.Key, tag => tag.Value);

        Assert.That((table["aws:cloudformation:stack-name"], table["aws:cloudformation:logical-id"]), Is.EqualTo(("shop", "Orders")));
        Assert.That(bucket["aws:cloudformation:stack-id"], Is.EqualTo(table["aws:cloudformation:stack-id"]));
        Assert.That((await TagsAsync(away, Clients.Away)).Tags, Is.Null.Or.Empty);
    }

    [Test]
    public async Task A_request_for_other_tags_leaves_AWSs_own()
    {
        using var s3 = Sandbox.S3();

        await s3.PutBucketTaggingAsync("docs", [new Amazon.S3.Model.Tag { Key = "a", Value = "1" }]);

        Assert.That((await s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = "docs" })).TagSet, Has.Count.EqualTo(4));
        Assert.That(
            async () => await s3.PutBucketTaggingAsync("docs", [new Amazon.S3.Model.Tag { Key = "aws:cloudformation:stack-name", Value = "mine" }]),
            Refused("InvalidTag"));
    }

    [Test]
    public async Task A_nested_stack_names_its_parent_and_its_root()
    {
        Estate.AddStack(new StackSpec("child") { Parent = "shop" }).AddStack(new StackSpec("grandchild") { Parent = "child" });
        var shop = (await CallAsync("DescribeStacks&StackName=shop"))["StackId"].Single();

        var child = await CallAsync("DescribeStacks&StackName=child");
        var grandchild = await CallAsync("DescribeStacks&StackName=grandchild");

        Assert.That((child["ParentId"].Single(), child["RootId"].Single()), Is.EqualTo((shop, shop)));
        Assert.That((grandchild["ParentId"].Single(), grandchild["RootId"].Single()), Is.EqualTo((child["StackId"].Single(), shop)));
    }

    [Test]
    public async Task A_drift_adds_a_stack_and_changes_its_template()
    {
        Estate.Apply(EstateDrift.Parse("""
            steps:
              - { say: New., add: { stack: late, template: "{}" } }
              - { say: Careless., change: { stack: shop, template: "Resources: {}" } }
            """, "d.yaml"));

        Assert.That(Estate.Stacks.Select(stack => stack.Name), Is.EquivalentTo(new[] { "late", "shop" }));
        Assert.That((await CallAsync("GetTemplate&StackName=shop"))["TemplateBody"], Is.EqualTo(new[] { "Resources: {}" }), "a new template has no processed one from before");
    }

    [Test]
    public void A_stack_owns_what_the_estate_holds()
    {
        var missing = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["T"] = StackResourceSpec.Table("none") };

        Assert.That(() => Estate.AddStack(new StackSpec("b") { Resources = missing }), Throws.InstanceOf<EstateException>());
        Assert.That(() => Estate.AddStack(new StackSpec("b") { Resources = missing, Deleted = TimeSpan.FromDays(1) }), Throws.Nothing, "it went with the stack");
        Assert.That(() => Estate.AddStack(new StackSpec("shop")), Throws.InstanceOf<EstateException>());
        Assert.That(() => Estate.AddStack(new StackSpec("c") { Parent = "none" }), Throws.InstanceOf<EstateException>());
    }

    [Test]
    public async Task The_demo_estates_stacks_own_what_they_say()
    {
        await using var demo = await SandboxServer.StartAsync(Estate.Demo());
        using var answer = await demo.SendAsync(HttpMethod.Post, "/", "cloudformation", body: "Action=DescribeStackResources&PhysicalResourceId=intelligent-docs-metadata");

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("<LogicalResourceId>DocumentsBucket</LogicalResourceId>"));
        Assert.That(demo.Estate.Stacks.Select(stack => stack.Name), Is.EqualTo(new[] { "budgetbuddy-data", "intelligent-docs", "notes-app", "printapp-prod" }));
    }

    private Task<HttpResponseMessage> SendAsync(string call) => Sandbox.SendAsync(HttpMethod.Post, "/", "cloudformation", body: $"Action={call}");

    /// <summary>The texts of an answer by the names of their elements.</summary>
    private async Task<ILookup<string, string>> CallAsync(string call)
    {
        using var answer = await SendAsync(call);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return XElement.Parse(text).Descendants().Where(node => !node.HasElements).ToLookup(node => node.Name.LocalName, node => node.Value);
    }
}
