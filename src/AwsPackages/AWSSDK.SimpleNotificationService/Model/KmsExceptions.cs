using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary><c>KMSAccessDenied</c>, 400.</summary>
public class KMSAccessDeniedException : AmazonSimpleNotificationServiceException
{
    public KMSAccessDeniedException(string message)
        : base(message)
    {
    }

    public KMSAccessDeniedException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>KMSDisabled</c>, 400.</summary>
public class KMSDisabledException : AmazonSimpleNotificationServiceException
{
    public KMSDisabledException(string message)
        : base(message)
    {
    }

    public KMSDisabledException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>KMSInvalidState</c>, 400.</summary>
public class KMSInvalidStateException : AmazonSimpleNotificationServiceException
{
    public KMSInvalidStateException(string message)
        : base(message)
    {
    }

    public KMSInvalidStateException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>KMSNotFound</c>, 400.</summary>
public class KMSNotFoundException : AmazonSimpleNotificationServiceException
{
    public KMSNotFoundException(string message)
        : base(message)
    {
    }

    public KMSNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>KMSOptInRequired</c>, 403.</summary>
public class KMSOptInRequiredException : AmazonSimpleNotificationServiceException
{
    public KMSOptInRequiredException(string message)
        : base(message)
    {
    }

    public KMSOptInRequiredException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>KMSThrottling</c>, 400.</summary>
public class KMSThrottlingException : AmazonSimpleNotificationServiceException
{
    public KMSThrottlingException(string message)
        : base(message)
    {
    }

    public KMSThrottlingException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
