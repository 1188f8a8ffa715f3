using System.Text;
using System.Text.Json.Nodes;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace PostureScanner.Tests.AwsPackages.Moto;

public sealed class SnsMotoTests : MotoTest<AmazonSimpleNotificationServiceClient>
{
    private const string Topic = $"arn:aws:sns:us-east-1:{Account}:alerts";

    private string _queue = null!;

    protected override AmazonSimpleNotificationServiceClient Connect() => new(Credentials, Config(new AmazonSimpleNotificationServiceConfig()));

    protected override async Task ArrangeAsync()
    {
        await AwsAsync("sns", "create-topic", "--name", "alerts");
        _queue = JsonNode.Parse(await AwsAsync("sqs", "create-queue", "--queue-name", "alerts"))!["QueueUrl"]!.GetValue<string>();
        await AwsAsync("sns", "subscribe", "--topic-arn", Topic, "--protocol", "sqs", "--notification-endpoint", $"arn:aws:sqs:us-east-1:{Account}:alerts");
    }

    [SetUp]
    public Task DrainAsync() => ReceiveAsync();

    [Test]
    public async Task What_is_published_arrives_with_its_attributes()
    {
        var sent = await Client.PublishAsync(new PublishRequest(Topic, """{"default":"plain","sqs":"Tabelle „Größe“ & <b>☃</b> +1%\n"}""", "3 Befunde")
        {
            MessageStructure = "json",
            MessageAttributes = new()
            {
                ["severity"] = new() { DataType = "String", StringValue = "critical & high" },
                ["policies"] = new() { DataType = "String.Array", StringValue = """["a","b"]""" },
                ["key"] = new() { DataType = "Binary", BinaryValue = new MemoryStream(Encoding.UTF8.GetBytes("é")) },
            },
        });

        var body = (await ReceiveAsync()).Single();
        Assert.That((Text(body, "MessageId"), Text(body, "Subject"), Text(body, "Message")), Is.EqualTo((sent.MessageId, "3 Befunde", "Tabelle „Größe“ & <b>☃</b> +1%\n")));
        Assert.That(Text(body["MessageAttributes"]!["severity"]!, "Value"), Is.EqualTo("critical & high"));
        Assert.That(Text(body["MessageAttributes"]!["policies"]!, "Value"), Is.EqualTo("""["a","b"]"""));
        Assert.That(Text(body["MessageAttributes"]!["key"]!, "Value"), Is.EqualTo("w6k="));
        Assert.That(sent.ResponseMetadata.RequestId, Is.Not.Empty);
    }

    [Test]
    public async Task A_batch_arrives_message_by_message()
    {
        var answer = await Client.PublishBatchAsync(Batch(new() { Id = "a", Message = "eins" }, new() { Id = "b", Message = "zwei", Subject = "s" }));

        Assert.That(answer.Successful.Select(e => e.Id), Is.EqualTo((string[])["a", "b"]));
        Assert.That(answer.Failed, Is.Null);
        Assert.That((await ReceiveAsync()).Select(body => Text(body, "Message")), Is.EquivalentTo((string[])["eins", "zwei"]));
    }

    [Test]
    public void A_batch_that_is_none_is_refused_by_name()
    {
        Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(async () => await Client.PublishBatchAsync(Batch(new() { Id = "a", Message = "1" }, new() { Id = "a", Message = "2" })));
        Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(
            async () => await Client.PublishBatchAsync(Batch([.. Enumerable.Range(0, 11).Select(i => new PublishBatchRequestEntry { Id = $"e{i}", Message = "m" })])));
    }

    [Test]
    public void A_topic_that_is_not_there_is_NotFound()
    {
        var error = Assert.ThrowsAsync<NotFoundException>(async () => await Client.PublishAsync(Topic + "-gone", "m"))!;

        Assert.That((error.ErrorCode, (int)error.StatusCode), Is.EqualTo(("NotFound", 404)));
        Assert.That(error.RequestId, Is.Not.Empty);
    }

    [Test]
    public void A_message_that_is_too_long_is_InvalidParameter() =>
        Assert.ThrowsAsync<InvalidParameterException>(async () => await Client.PublishAsync(Topic, new string('x', 262_145)));

    private static PublishBatchRequest Batch(params PublishBatchRequestEntry[] entries) => new() { TopicArn = Topic, PublishBatchRequestEntries = [.. entries] };

    private static string Text(JsonNode node, string key) => node[key]!.GetValue<string>();

    private async Task<List<JsonNode>> ReceiveAsync()
    {
        var answer = await AwsAsync("sqs", "receive-message", "--queue-url", _queue, "--max-number-of-messages", "10");
        return answer.Length == 0 ? [] : [.. JsonNode.Parse(answer)!["Messages"]!.AsArray().Select(message => JsonNode.Parse(Text(message!, "Body"))!)];
    }
}
