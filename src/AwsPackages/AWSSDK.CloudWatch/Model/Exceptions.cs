using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

/// <summary><c>InternalServiceError</c>, 500.</summary>
public class InternalServiceException : AmazonCloudWatchException
{
    public InternalServiceException(string message)
        : base(message)
    {
    }

    public InternalServiceException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>InvalidNextToken</c>, 400.</summary>
public class InvalidNextTokenException : AmazonCloudWatchException
{
    public InvalidNextTokenException(string message)
        : base(message)
    {
    }

    public InvalidNextTokenException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>InvalidParameterCombination</c>, 400.</summary>
public class InvalidParameterCombinationException : AmazonCloudWatchException
{
    public InvalidParameterCombinationException(string message)
        : base(message)
    {
    }

    public InvalidParameterCombinationException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary><c>InvalidParameterValue</c>, 400.</summary>
public class InvalidParameterValueException : AmazonCloudWatchException
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

/// <summary><c>MissingParameter</c>, 400.</summary>
public class MissingRequiredParameterException : AmazonCloudWatchException
{
    public MissingRequiredParameterException(string message)
        : base(message)
    {
    }

    public MissingRequiredParameterException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
