using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary><c>BatchEntryIdsNotDistinct</c>, 400.</summary>
public class BatchEntryIdsNotDistinctException : AmazonSimpleNotificationServiceException
{
    public BatchEntryIdsNotDistinctException(string message)
        : base(message)
    {
    }

    public BatchEntryIdsNotDistinctException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>BatchRequestTooLong</c>, 400.</summary>
public class BatchRequestTooLongException : AmazonSimpleNotificationServiceException
{
    public BatchRequestTooLongException(string message)
        : base(message)
    {
    }

    public BatchRequestTooLongException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>EmptyBatchRequest</c>, 400.</summary>
public class EmptyBatchRequestException : AmazonSimpleNotificationServiceException
{
    public EmptyBatchRequestException(string message)
        : base(message)
    {
    }

    public EmptyBatchRequestException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>InvalidBatchEntryId</c>, 400.</summary>
public class InvalidBatchEntryIdException : AmazonSimpleNotificationServiceException
{
    public InvalidBatchEntryIdException(string message)
        : base(message)
    {
    }

    public InvalidBatchEntryIdException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>TooManyEntriesInBatchRequest</c>, 400.</summary>
public class TooManyEntriesInBatchRequestException : AmazonSimpleNotificationServiceException
{
    public TooManyEntriesInBatchRequestException(string message)
        : base(message)
    {
    }

    public TooManyEntriesInBatchRequestException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
