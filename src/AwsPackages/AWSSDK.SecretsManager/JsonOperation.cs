using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using PostureScanner.AwsPackages;

namespace Amazon.SecretsManager;

/// <summary>One operation of a service that speaks JSON: how its request is written, its answer read and its errors named.</summary>
/// <param name="target">The value of <c>X-Amz-Target</c>.</param>
internal sealed class JsonOperation<TRequest, TResponse>(string target, Action<Utf8JsonWriter, TRequest> write, Func<JsonElement, TResponse> read, IReadOnlyDictionary<string, Fault> faults)
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public InvokeOptions Options() => new() { RequestMarshaller = new Marshaller(target, write), ResponseUnmarshaller = new Unmarshaller(read, faults) };

    private sealed class Marshaller(string target, Action<Utf8JsonWriter, TRequest> write) : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            using var body = new MemoryStream();
            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                write(json, (TRequest)input);
                json.WriteEndObject();
            }

            var request = new DefaultRequest(input, "Amazon.SecretsManager") { HttpMethod = "POST", ResourcePath = "/", Content = body.ToArray() };
            request.Headers["X-Amz-Target"] = target;
            request.Headers["Content-Type"] = "application/x-amz-json-1.1";
            return request;
        }
    }

    private sealed class Unmarshaller(Func<JsonElement, TResponse> read, IReadOnlyDictionary<string, Fault> faults) : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context)
        {
            using var document = JsonDocument.Parse(context.Stream);
            return read(document.RootElement);
        }

        public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(context.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
            Fault make = error.Code is not null && faults.TryGetValue(error.Code, out var fault) ? fault : static (m, i, t, c, r, s) => new AmazonSecretsManagerException(m, i, t, c, r, s);
            return make(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
        }
    }
}
