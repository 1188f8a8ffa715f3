using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.SimpleNotificationService.Model;

public class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest;

/// <summary>At most 262,144 bytes of UTF-8, attributes included; a subject has fewer than 100 characters and no line break.</summary>
public class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    public PublishRequest()
    {
    }

    public PublishRequest(string topicArn, string message)
    {
        TopicArn = topicArn;
        Message = message;
    }

    public PublishRequest(string topicArn, string message, string subject)
        : this(topicArn, message) => Subject = subject;

    public string Message { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = Unset.Map<MessageAttributeValue>();

    public string MessageDeduplicationId { get; set; }

    public string MessageGroupId { get; set; }

    /// <summary><c>json</c>: the message is an object with a text for each protocol, and one called <c>default</c>.</summary>
    public string MessageStructure { get; set; }

    public string PhoneNumber { get; set; }

    public string Subject { get; set; }

    public string TargetArn { get; set; }

    public string TopicArn { get; set; }

    internal static void Write(QueryWriter writer, PublishRequest request)
    {
        writer.Text("Message", request.Message);
        writer.Map("MessageAttributes", request.MessageAttributes, MessageAttributeValue.Write);
        writer.Text("MessageDeduplicationId", request.MessageDeduplicationId);
        writer.Text("MessageGroupId", request.MessageGroupId);
        writer.Text("MessageStructure", request.MessageStructure);
        writer.Text("PhoneNumber", request.PhoneNumber);
        writer.Text("Subject", request.Subject);
        writer.Text("TargetArn", request.TargetArn);
        writer.Text("TopicArn", request.TopicArn);
    }
}

public class MessageAttributeValue
{
    public MemoryStream BinaryValue { get; set; }

    /// <summary><c>String</c>, <c>String.Array</c>, <c>Number</c> or <c>Binary</c>.</summary>
    public string DataType { get; set; }

    public string StringValue { get; set; }

    internal static void Write(QueryWriter writer, MessageAttributeValue value)
    {
        writer.Bytes("BinaryValue", value.BinaryValue);
        writer.Text("DataType", value.DataType);
        writer.Text("StringValue", value.StringValue);
    }
}

public class PublishResponse : AmazonWebServiceResponse
{
    public string MessageId { get; set; }

    public string SequenceNumber { get; set; }

    internal static PublishResponse Read(XmlReading reading) => new()
    {
        MessageId = reading.Text("MessageId"),
        SequenceNumber = reading.Text("SequenceNumber"),
    };
}
