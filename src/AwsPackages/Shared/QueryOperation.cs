using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace PostureScanner.AwsPackages;

/// <summary>One operation of a query-protocol service: how its request is written, its answer read and its errors named.</summary>
internal sealed class QueryOperation<TRequest, TResponse>(
    QueryService service,
    string action,
    Action<QueryWriter, TRequest> write,
    Func<XmlReading, TResponse> read,
    IReadOnlyDictionary<string, Fault> faults)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    /// <summary>The size of a body is the caller's to keep small unless the service takes gzip; PutMetricData does.</summary>
    public CompressionEncodingAlgorithm Compression { get; init; } = CompressionEncodingAlgorithm.NONE;

    public InvokeOptions Options() => new()
    {
        RequestMarshaller = new QueryMarshaller<TRequest>(service, action, write, Compression),
        ResponseUnmarshaller = new QueryUnmarshaller<TResponse>(service, action, read, faults),
    };
}
