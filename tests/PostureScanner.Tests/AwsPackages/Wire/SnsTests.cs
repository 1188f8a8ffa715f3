using System.Text;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace PostureScanner.Tests.AwsPackages.Wire;

public sealed class SnsTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:alerts";
    private const string Published = "<PublishResponse><PublishResult><MessageId>m-1</MessageId><SequenceNumber>7</SequenceNumber></PublishResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>";

    [Test]
    public async Task A_message_goes_out_with_its_attributes()
    {
        await using var listener = await Listener.StartAsync(Published);
        using var sns = Client(listener);

        var answer = await sns.PublishAsync(new PublishRequest(Topic, """{"default":"Tschüß & <b>☃</b> +1\r\n"}""", "A subject")
        {
            MessageStructure = "json",
            MessageGroupId = "g",
            MessageDeduplicationId = "d",
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["severity"] = new() { DataType = "String", StringValue = "critical" },
                ["key"] = new() { DataType = "Binary", BinaryValue = new MemoryStream(Encoding.UTF8.GetBytes("é")) },
            },
        });

        Assert.That((answer.MessageId, answer.SequenceNumber, answer.ResponseMetadata.RequestId), Is.EqualTo(("m-1", "7", "r")));
        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])
        [
            "Action=Publish",
            "Version=2010-03-31",
            "TopicArn=" + Topic,
            """Message={"default":"Tschüß & <b>☃</b> +1\r\n"}""",
            "Subject=A subject",
            "MessageStructure=json",
            "MessageGroupId=g",
            "MessageDeduplicationId=d",
            "MessageAttributes.entry.1.Name=severity",
            "MessageAttributes.entry.1.Value.DataType=String",
            "MessageAttributes.entry.1.Value.StringValue=critical",
            "MessageAttributes.entry.2.Name=key",
            "MessageAttributes.entry.2.Value.DataType=Binary",
            "MessageAttributes.entry.2.Value.BinaryValue=w6k=",
        ]));
    }

    [Test]
    public async Task The_short_forms_say_the_same()
    {
        await using var listener = await Listener.StartAsync(Published);
        using var sns = Client(listener);

        await sns.PublishAsync(Topic, "text");
        await sns.PublishAsync(Topic, "text", "subject");

        Assert.That(listener.Asked[0].Fields, Is.EquivalentTo((string[])["Action=Publish", "Version=2010-03-31", "TopicArn=" + Topic, "Message=text"]));
        Assert.That(listener.Asked[1].Fields, Has.Member("Subject=subject"));
    }

    [Test]
    public async Task A_batch_says_which_of_its_messages_were_taken()
    {
        await using var listener = await Listener.StartAsync("""
            <PublishBatchResponse><PublishBatchResult>
              <Failed><member><Id>b</Id><Code>InternalError</Code><Message>later</Message><SenderFault>false</SenderFault></member></Failed>
              <Successful><member><Id>a</Id><MessageId>m-1</MessageId><SequenceNumber>8</SequenceNumber></member></Successful>
            </PublishBatchResult></PublishBatchResponse>
            """);
        using var sns = Client(listener);

        var answer = await sns.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = Topic,
            PublishBatchRequestEntries =
            [
                new PublishBatchRequestEntry { Id = "a", Message = "1", MessageAttributes = new() { ["k"] = new() { DataType = "Number", StringValue = "5" } } },
                new PublishBatchRequestEntry { Id = "b", Message = "2", Subject = "s", MessageStructure = "json", MessageGroupId = "g", MessageDeduplicationId = "d" },
            ],
        });

        Assert.That(listener.Asked.Single().Fields, Is.EquivalentTo((string[])
        [
            "Action=PublishBatch",
            "Version=2010-03-31",
            "TopicArn=" + Topic,
            "PublishBatchRequestEntries.member.1.Id=a",
            "PublishBatchRequestEntries.member.1.Message=1",
            "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Name=k",
            "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.DataType=Number",
            "PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue=5",
            "PublishBatchRequestEntries.member.2.Id=b",
            "PublishBatchRequestEntries.member.2.Message=2",
            "PublishBatchRequestEntries.member.2.Subject=s",
            "PublishBatchRequestEntries.member.2.MessageStructure=json",
            "PublishBatchRequestEntries.member.2.MessageGroupId=g",
            "PublishBatchRequestEntries.member.2.MessageDeduplicationId=d",
        ]));
        var failed = answer.Failed.Single();
        Assert.That((failed.Id, failed.Code, failed.Message, failed.SenderFault), Is.EqualTo(("b", "InternalError", "later", false)));
        var taken = answer.Successful.Single();
        Assert.That((taken.Id, taken.MessageId, taken.SequenceNumber), Is.EqualTo(("a", "m-1", "8")));
    }

    private static AmazonSimpleNotificationServiceClient Client(Listener listener) =>
        new(new BasicAWSCredentials("key", "secret"), listener.Config(new AmazonSimpleNotificationServiceConfig()));
}
