using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace PostureScanner.AwsPackages;

/// <summary>Reads the answer of one operation, or names its error.</summary>
internal sealed class QueryUnmarshaller<TResponse>(
    QueryService service,
    string action,
    Func<XmlReading, TResponse> read,
    IReadOnlyDictionary<string, Fault> faults)
    : XmlResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse
{
    private static readonly XmlReaderSettings Settings = new()
    {
        // A template body may hold what XML forbids, written as a character reference.
        CheckCharacters = false,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        using var xml = XmlReader.Create(context.Stream, Settings);
        var root = XElement.Load(xml, LoadOptions.PreserveWhitespace);
        // A proxy's sign-in page with status 200 is no answer: read as one, it would say that there is nothing.
        var name = root.Name.LocalName;
        if (!string.Equals(name, action + "Response", StringComparison.Ordinal))
            throw new AmazonUnmarshallingException($"The answer to {action} is <{name}>, not <{action}Response>.", "/" + name, innerException: null);

        var reading = new XmlReading(root);
        var response = read(service.Wrapper ? reading.In(action + "Result") : reading);
        response.ResponseMetadata = new ResponseMetadata
        {
            RequestId = service.Wrapper ? reading.In("ResponseMetadata").Text("RequestId") : reading.Text("requestId"),
        };
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        var make = error.Code is not null && faults.TryGetValue(error.Code, out var fault) ? fault : service.Unnamed;
        return make(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }
}
