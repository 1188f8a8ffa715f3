using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary><c>AuthorizationError</c>, 403.</summary>
public class AuthorizationErrorException : AmazonSimpleNotificationServiceException
{
    public AuthorizationErrorException(string message)
        : base(message)
    {
    }

    public AuthorizationErrorException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>EndpointDisabled</c>, 400.</summary>
public class EndpointDisabledException : AmazonSimpleNotificationServiceException
{
    public EndpointDisabledException(string message)
        : base(message)
    {
    }

    public EndpointDisabledException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>InternalError</c>, 500.</summary>
public class InternalErrorException : AmazonSimpleNotificationServiceException
{
    public InternalErrorException(string message)
        : base(message)
    {
    }

    public InternalErrorException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>InvalidParameter</c>, 400.</summary>
public class InvalidParameterException : AmazonSimpleNotificationServiceException
{
    public InvalidParameterException(string message)
        : base(message)
    {
    }

    public InvalidParameterException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>ParameterValueInvalid</c>, 400.</summary>
public class InvalidParameterValueException : AmazonSimpleNotificationServiceException
{
    public InvalidParameterValueException(string message)
        : base(message)
    {
    }

    public InvalidParameterValueException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>InvalidSecurity</c>, 403.</summary>
public class InvalidSecurityException : AmazonSimpleNotificationServiceException
{
    public InvalidSecurityException(string message)
        : base(message)
    {
    }

    public InvalidSecurityException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>NotFound</c>, 404.</summary>
public class NotFoundException : AmazonSimpleNotificationServiceException
{
    public NotFoundException(string message)
        : base(message)
    {
    }

    public NotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>PlatformApplicationDisabled</c>, 400.</summary>
public class PlatformApplicationDisabledException : AmazonSimpleNotificationServiceException
{
    public PlatformApplicationDisabledException(string message)
        : base(message)
    {
    }

    public PlatformApplicationDisabledException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>ValidationException</c>, 400.</summary>
public class ValidationException : AmazonSimpleNotificationServiceException
{
    public ValidationException(string message)
        : base(message)
    {
    }

    public ValidationException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
