using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>Every error CloudFormation answers with. A stack that does not exist is a <c>ValidationError</c>.</summary>
public class AmazonCloudFormationException : AmazonServiceException
{
    public AmazonCloudFormationException(string message)
        : base(message)
    {
    }

    public AmazonCloudFormationException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
