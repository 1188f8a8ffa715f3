using System.Net;
using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Every error EC2 answers with; it declares none by name.</summary>
public class AmazonEC2Exception : AmazonServiceException
{
    public AmazonEC2Exception(string message)
        : base(message)
    {
    }

    public AmazonEC2Exception(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
