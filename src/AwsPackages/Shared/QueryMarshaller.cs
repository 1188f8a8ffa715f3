using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace PostureScanner.AwsPackages;

/// <summary>Writes a request as query parameters; Core turns them into the form body and signs it.</summary>
internal sealed class QueryMarshaller<TRequest>(
    QueryService service,
    string action,
    Action<QueryWriter, TRequest> write,
    CompressionEncodingAlgorithm compression)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, service.Name) { CompressionAlgorithm = compression };
        request.Parameters.Add("Action", action);
        request.Parameters.Add("Version", service.Version);
        write(new QueryWriter(request.Parameters, prefix: "", service.List), (TRequest)input);
        return request;
    }
}
