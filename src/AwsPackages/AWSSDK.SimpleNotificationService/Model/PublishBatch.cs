using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>At most 10 entries. Entries can fail in an answer with status 200: see <see cref="PublishBatchResponse.Failed"/>.</summary>
public class PublishBatchRequest : AmazonSimpleNotificationServiceRequest
{
    public List<PublishBatchRequestEntry> PublishBatchRequestEntries { get; set; } = Unset.List<PublishBatchRequestEntry>();

    public string TopicArn { get; set; }

    internal static void Write(QueryWriter writer, PublishBatchRequest request)
    {
        writer.Structures("PublishBatchRequestEntries", request.PublishBatchRequestEntries, PublishBatchRequestEntry.Write);
        writer.Text("TopicArn", request.TopicArn);
    }
}

public class PublishBatchRequestEntry
{
    public string Id { get; set; }

    public string Message { get; set; }

    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = Unset.Map<MessageAttributeValue>();

    public string MessageDeduplicationId { get; set; }

    public string MessageGroupId { get; set; }

    public string MessageStructure { get; set; }

    public string Subject { get; set; }

    internal static void Write(QueryWriter writer, PublishBatchRequestEntry entry)
    {
        writer.Text("Id", entry.Id);
        writer.Text("Message", entry.Message);
        writer.Map("MessageAttributes", entry.MessageAttributes, MessageAttributeValue.Write);
        writer.Text("MessageDeduplicationId", entry.MessageDeduplicationId);
        writer.Text("MessageGroupId", entry.MessageGroupId);
        writer.Text("MessageStructure", entry.MessageStructure);
        writer.Text("Subject", entry.Subject);
    }
}

public class PublishBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; } = Unset.List<BatchResultErrorEntry>();

    public List<PublishBatchResultEntry> Successful { get; set; } = Unset.List<PublishBatchResultEntry>();

    internal static PublishBatchResponse Read(XmlReading reading) => new()
    {
        Failed = reading.Structures("Failed", BatchResultErrorEntry.Read),
        Successful = reading.Structures("Successful", PublishBatchResultEntry.Read),
    };
}

public class PublishBatchResultEntry
{
    public string Id { get; set; }

    public string MessageId { get; set; }

    public string SequenceNumber { get; set; }

    internal static PublishBatchResultEntry Read(XmlReading reading) => new()
    {
        Id = reading.Text("Id"),
        MessageId = reading.Text("MessageId"),
        SequenceNumber = reading.Text("SequenceNumber"),
    };
}

public class BatchResultErrorEntry
{
    public string Code { get; set; }

    public string Id { get; set; }

    public string Message { get; set; }

    public bool? SenderFault { get; set; }

    internal static BatchResultErrorEntry Read(XmlReading reading) => new()
    {
        Code = reading.Text("Code"),
        Id = reading.Text("Id"),
        Message = reading.Text("Message"),
        SenderFault = reading.Flag("SenderFault"),
    };
}
