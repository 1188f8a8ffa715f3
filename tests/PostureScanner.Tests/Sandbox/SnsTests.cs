using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class SnsTests : SandboxTest
{
    private const string Arn = $"arn:aws:sns:{Clients.Home}:{Clients.Account}:alerts";
    private const string QueueArn = $"arn:aws:sqs:{Clients.Home}:{Clients.Account}:inbox";

    [SetUp]
    public void Furnish() => Estate.AddTopic("alerts");

    [Test]
    public async Task A_topic_is_created_once_and_listed()
    {
        Assert.That(await CallAsync("Action=CreateTopic&Name=alerts", "TopicArn"), Is.EqualTo(Arn));
        Assert.That(await CallAsync("Action=CreateTopic&Name=more", "TopicArn"), Is.EqualTo(Arn.Replace("alerts", "more", StringComparison.Ordinal)));

        Assert.That(Sandbox.Topics.Arns, Has.Count.EqualTo(2));
        Assert.That(await RefusalAsync("Action=CreateTopic&Name=a%20b"), Is.EqualTo((HttpStatusCode.BadRequest, "InvalidParameter", "Invalid parameter: Topic Name")));
        Assert.That((await RefusalAsync("Action=CreateTopic&Name=a.fifo")).Status, Is.EqualTo(HttpStatusCode.NotImplemented));
    }

    [Test]
    public async Task A_message_is_seen_as_each_protocol_gets_it()
    {
        var texts = new JsonObject { ["default"] = "plain", ["email"] = "Dear <all>", ["sqs"] = """{"schema":"posture-alert/v1"}""", ["https"] = 7 };

        await PublishAsync($"&MessageStructure=json&Message={Uri.EscapeDataString(texts.ToJsonString())}&Subject=1%20alert" + Attribute(1, "severity", "String", "critical"));

        var message = Sandbox.Topics.Of("alerts").Single();
        var lambda = JsonNode.Parse(message.Body("lambda"))!["Records"]![0]!["Sns"]!;
        Assert.Multiple(() =>
        {
            Assert.That((message.Subject, message.IsStructured, message.Attributes["severity"]), Is.EqualTo(("1 alert", true, new MessageAttributeValue("String", "critical"))));
            Assert.That(message.Body("email"), Is.EqualTo("Dear <all>"));
            Assert.That(message.Text("https"), Is.EqualTo("plain"), "a text that is no text is passed over");
            Assert.That(JsonNode.Parse(message.Body("sqs"))!["Message"]!.GetValue<string>(), Is.EqualTo("""{"schema":"posture-alert/v1"}"""));
            Assert.That((lambda["Message"]!.GetValue<string>(), lambda["MessageAttributes"]!["severity"]!["Value"]!.GetValue<string>()), Is.EqualTo(("plain", "critical")));
        });
    }

    [TestCase("&Message=", "InvalidParameter", "Invalid parameter: Empty message")]
    [TestCase("&Message=m&Subject=", "InvalidParameter", "Invalid parameter: Subject")]
    [TestCase("&Message=m&Subject=a%0Ab", "InvalidParameter", "Invalid parameter: Subject")]
    [TestCase("&MessageStructure=json&Message=%7B", "InvalidParameter", "Invalid parameter: Message Structure - JSON message body failed to parse")]
    [TestCase("&MessageStructure=json&Message=%5B%5D", "InvalidParameter", "Invalid parameter: Message Structure - JSON message body failed to parse")]
    [TestCase("&MessageStructure=json&Message=%7B%22email%22%3A%22m%22%7D", "InvalidParameter", "Invalid parameter: Message Structure - No default entry in JSON message body")]
    [TestCase("&MessageStructure=xml&Message=m", "InvalidParameter", "Invalid parameter: MessageStructure")]
    public async Task A_message_SNS_would_not_take_is_refused(string fields, string code, string text)
    {
        Assert.That(await RefusalAsync($"Action=Publish&TopicArn={Arn}{fields}"), Is.EqualTo((HttpStatusCode.BadRequest, code, text)));
        Assert.That(Sandbox.Topics.Messages, Is.Empty);
    }

    [TestCase("String", "", "must contain non-empty message attribute value")]
    [TestCase("", "v", "must contain non-empty message attribute type")]
    [TestCase("Text", "v", "has an invalid message attribute type")]
    [TestCase("Number", "v", "Could not cast message attribute 'a' value to number")]
    public async Task An_attribute_SNS_would_not_take_is_refused(string type, string value, string text)
    {
        var (_, code, message) = await RefusalAsync($"Action=Publish&TopicArn={Arn}&Message=m" + Attribute(1, "a", type, value));

        Assert.That((code, message), Is.EqualTo(("ParameterValueInvalid", message)));
        Assert.That(message, Does.Contain(text));
    }

    [TestCase(99, true)]
    [TestCase(100, false)]
    public async Task A_subject_has_fewer_than_a_hundred_characters(int length, bool taken)
    {
        using var answer = await SendAsync($"Action=Publish&TopicArn={Arn}&Message=m&Subject={new string('s', length)}");

        Assert.That(answer.IsSuccessStatusCode, Is.EqualTo(taken));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task A_message_and_its_attributes_have_256_KB_of_UTF8(int more, bool taken)
    {
        const int Attributes = 8 + 6 + 1;
        var message = new string('x', (256 * 1024) - Attributes - 2 + more) + "ü";

        using var answer = await SendAsync($"Action=Publish&TopicArn={Arn}&Message={message}" + Attribute(1, "severity", "String", "c"));

        Assert.That(answer.IsSuccessStatusCode, Is.EqualTo(taken));
        Assert.That(await answer.Content.ReadAsStringAsync(), taken ? Does.Contain("MessageId") : Does.Contain("Invalid parameter: Message too long"));
    }

    [Test]
    public async Task A_topic_that_is_not_there_is_NotFound_and_anothers_is_an_AuthorizationError()
    {
        Assert.That(await RefusalAsync($"Action=Publish&Message=m&TopicArn={Arn}x"), Is.EqualTo((HttpStatusCode.NotFound, "NotFound", "Topic does not exist")));
        Assert.That((await RefusalAsync($"Action=Publish&Message=m&TopicArn={Arn.Replace(Clients.Account, "444455556666", StringComparison.Ordinal)}")).Code, Is.EqualTo("AuthorizationError"));
        Assert.That((await RefusalAsync($"Action=Publish&Message=m&TopicArn={Arn.Replace(Clients.Home, Clients.Away, StringComparison.Ordinal)}")).Code, Is.EqualTo("InvalidParameter"));
        Assert.That((await RefusalAsync("Action=Publish&Message=m&TopicArn=alerts")).Code, Is.EqualTo("InvalidParameter"));
    }

    [Test]
    public async Task A_batch_fails_in_part()
    {
        var answer = await XmlAsync($"Action=PublishBatch&TopicArn={Arn}" + Entry(1, "a", "one") + Entry(2, "b", "") + Entry(3, "c", "three"));

        Assert.That(answer.Descendants().Where(node => node.Name.LocalName == "Id").Select(node => node.Value), Is.EqualTo(new[] { "a", "c", "b" }));
        Assert.That(answer.Descendants().Single(node => node.Name.LocalName == "Failed").Value, Does.Contain("Empty message"));
        Assert.That(Sandbox.Topics.Messages.Select(message => message.Message), Is.EqualTo(new[] { "one", "three" }));
    }

    [Test]
    public async Task A_batch_that_is_none_is_refused_whole()
    {
        string Many(int count) => string.Concat(Enumerable.Range(1, count).Select(i => Entry(i, $"e{i}", "m")));

        Assert.That((await RefusalAsync($"Action=PublishBatch&TopicArn={Arn}")).Code, Is.EqualTo("EmptyBatchRequest"));
        Assert.That((await RefusalAsync($"Action=PublishBatch&TopicArn={Arn}{Many(11)}")).Code, Is.EqualTo("TooManyEntriesInBatchRequest"));
        Assert.That((await RefusalAsync($"Action=PublishBatch&TopicArn={Arn}{Entry(1, "a", "m")}{Entry(2, "a", "m")}")).Code, Is.EqualTo("BatchEntryIdsNotDistinct"));
        Assert.That((await RefusalAsync($"Action=PublishBatch&TopicArn={Arn}{Entry(1, "a.b", "m")}")).Code, Is.EqualTo("InvalidBatchEntryId"));
        Assert.That((await RefusalAsync($"Action=PublishBatch&TopicArn={Arn}{Entry(1, "a", new string('x', 200_000))}{Entry(2, "b", new string('x', 100_000))}")).Code, Is.EqualTo("BatchRequestTooLong"));
        Assert.That(Sandbox.Topics.Messages, Is.Empty);
    }

    [Test]
    public async Task A_queue_gets_the_envelope_or_the_bare_text()
    {
        await SqsAsync("CreateQueue", """{"QueueName":"inbox"}""");
        await SqsAsync("CreateQueue", """{"QueueName":"raw"}""");
        await CallAsync($"Action=Subscribe&TopicArn={Arn}&Protocol=sqs&Endpoint={QueueArn}", "SubscriptionArn");
        await CallAsync($"Action=Subscribe&TopicArn={Arn}&Protocol=sqs&Endpoint={QueueArn.Replace("inbox", "raw", StringComparison.Ordinal)}&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true", "SubscriptionArn");

        await PublishAsync("&Message=hello" + Attribute(1, "severity", "String", "high"));

        var enveloped = (await SqsAsync("ReceiveMessage", """{"QueueUrl":"http://x/111122223333/inbox"}"""))["Messages"]![0]!;
        var raw = (await SqsAsync("ReceiveMessage", """{"QueueUrl":"http://x/111122223333/raw","MessageAttributeNames":["All"]}"""))["Messages"]![0]!;
        Assert.That(JsonNode.Parse(enveloped["Body"]!.GetValue<string>())!["Message"]!.GetValue<string>(), Is.EqualTo("hello"));
        Assert.That((raw["Body"]!.GetValue<string>(), raw["MD5OfBody"]!.GetValue<string>()), Is.EqualTo(("hello", "5d41402abc4b2a76b9719d911017c592")));
        Assert.That(raw["MessageAttributes"]!["severity"]!["StringValue"]!.GetValue<string>(), Is.EqualTo("high"));
    }

    [TestCase("""{"severity":["critical","high"]}""", true)]
    [TestCase("""{"severity":["low"]}""", false)]
    [TestCase("""{"severity":["high"],"region":["eu-west-1"]}""", false)]
    [TestCase("""{"severity":[{"anything-but":["low"]}]}""", true)]
    [TestCase("""{"policies":["pitr"]}""", true)]
    [TestCase("""{"policies":[{"prefix":"x"}]}""", false)]
    [TestCase("""{"region":[{"exists":false}]}""", true)]
    public async Task A_filter_policy_lets_through_what_it_names(string policy, bool through)
    {
        await SqsAsync("CreateQueue", """{"QueueName":"inbox"}""");
        await CallAsync($"Action=Subscribe&TopicArn={Arn}&Protocol=sqs&Endpoint={QueueArn}&Attributes.entry.1.key=FilterPolicy&Attributes.entry.1.value={Uri.EscapeDataString(policy)}", "SubscriptionArn");

        await PublishAsync("&Message=m" + Attribute(1, "severity", "String", "high") + Attribute(2, "policies", "String.Array", """["pitr","versioning"]"""));

        Assert.That((await SqsAsync("ReceiveMessage", """{"QueueUrl":"http://x/111122223333/inbox"}""")).ContainsKey("Messages"), Is.EqualTo(through));
    }

    [Test]
    public async Task A_message_that_was_received_is_hidden_until_it_is_deleted_or_its_time_is_up()
    {
        const string Url = "\"QueueUrl\":\"http://x/111122223333/inbox\"";
        await SqsAsync("CreateQueue", """{"QueueName":"inbox"}""");
        await CallAsync($"Action=Subscribe&TopicArn={Arn}&Protocol=sqs&Endpoint={QueueArn}", "SubscriptionArn");
        await PublishAsync("&Message=m");

        await SqsAsync("ReceiveMessage", $$"""{{{Url}}}""");
        Assert.That((await SqsAsync("ReceiveMessage", $$"""{{{Url}}}""")).ContainsKey("Messages"), Is.False);
        Clock.Pass(TimeSpan.FromSeconds(31));
        var again = (await SqsAsync("ReceiveMessage", $$"""{{{Url}},"AttributeNames":["All"]}"""))["Messages"]![0]!;
        Assert.That(again["Attributes"]!["ApproximateReceiveCount"]!.GetValue<string>(), Is.EqualTo("2"));
        await SqsAsync("DeleteMessage", $$"""{{{Url}},"ReceiptHandle":"{{again["ReceiptHandle"]}}"}""");
        Clock.Pass(TimeSpan.FromSeconds(31));

        var attributes = (await SqsAsync("GetQueueAttributes", $$"""{{{Url}},"AttributeNames":["All"]}"""))["Attributes"]!;
        Assert.That((attributes["ApproximateNumberOfMessages"]!.GetValue<string>(), attributes["QueueArn"]!.GetValue<string>()), Is.EqualTo(("0", QueueArn)));
    }

    [Test]
    public async Task A_queue_that_is_not_there_says_so_in_both_tongues()
    {
        using var answer = await Sandbox.SendAsync(HttpMethod.Post, "/", "sqs", target: "AmazonSQS.GetQueueUrl", body: """{"QueueName":"none"}""");

        Assert.That(answer.Headers.GetValues("x-amzn-query-error"), Is.EqualTo(new[] { "AWS.SimpleQueueService.NonExistentQueue;Sender" }));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("com.amazonaws.sqs#QueueDoesNotExist"));
    }

    [Test]
    public async Task Faults_speak_SNSs_language_and_may_come_after_the_deed()
    {
        Sandbox.Faults.CloseAfter("sns:Publish", times: 1, name: "alerts");
        Sandbox.Faults.ThrottleFirst("sns:Publish", 1);
        Sandbox.Faults.Deny("sns:Publish");

        Assert.That(async () => await SendAsync($"Action=Publish&TopicArn={Arn}&Message=m"), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Sandbox.Topics.Messages, Has.Count.EqualTo(1));
        Assert.That((await RefusalAsync($"Action=Publish&TopicArn={Arn}&Message=m")).Code, Is.EqualTo("Throttling"));
        Assert.That((await RefusalAsync($"Action=Publish&TopicArn={Arn}&Message=m")).Code, Is.EqualTo("AuthorizationError"));
        Assert.That((await RefusalAsync($"Action=PublishBatch&TopicArn={Arn}{Entry(1, "a", "m")}")).Code, Is.EqualTo("AuthorizationError"), "a batch needs the same permission");
    }

    private static string Attribute(int index, string name, string type, string value) =>
        $"&MessageAttributes.entry.{index}.Name={name}&MessageAttributes.entry.{index}.Value.DataType={type}&MessageAttributes.entry.{index}.Value.StringValue={Uri.EscapeDataString(value)}";

    private static string Entry(int index, string id, string message) =>
        $"&PublishBatchRequestEntries.member.{index}.Id={id}&PublishBatchRequestEntries.member.{index}.Message={message}";

    private Task<HttpResponseMessage> SendAsync(string form) => Sandbox.SendAsync(HttpMethod.Post, "/", "sns", body: form);

    private Task PublishAsync(string fields) => CallAsync($"Action=Publish&TopicArn={Arn}{fields}", "MessageId");

    private async Task<XElement> XmlAsync(string form)
    {
        using var answer = await SendAsync(form);
        return XElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> CallAsync(string form, string element) => (await XmlAsync(form)).Descendants().Single(node => node.Name.LocalName == element).Value;

    private async Task<(HttpStatusCode Status, string Code, string Message)> RefusalAsync(string form)
    {
        using var answer = await SendAsync(form);
        var error = XElement.Parse(await answer.Content.ReadAsStringAsync()).Descendants().ToLookup(node => node.Name.LocalName, node => node.Value);
        return (answer.StatusCode, error["Code"].FirstOrDefault() ?? "", error["Message"].FirstOrDefault() ?? "");
    }

    private async Task<JsonObject> SqsAsync(string operation, string body)
    {
        using var answer = await Sandbox.SendAsync(HttpMethod.Post, "/", "sqs", target: $"AmazonSQS.{operation}", body: body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }
}
