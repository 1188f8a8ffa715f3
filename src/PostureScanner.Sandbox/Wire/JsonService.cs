using System.Text.Json;
using System.Text.Json.Nodes;

namespace PostureScanner.Sandbox.Wire;

/// <summary>A service of JSON 1.0 or 1.1: the operation stands in X-Amz-Target, errors are JSON with a <c>__type</c>.</summary>
internal abstract class JsonService(string name, string target, string version, string errorNamespace, IEnumerable<Operation> operations) : Service(name, operations)
{
    private const string Coral = "com.amazon.coral.service";

    public override string OperationOf(Request request) => request.Header("X-Amz-Target")?.Split('.')[^1] ?? "(no X-Amz-Target)";

    public override bool Claims(Request request) => request.Header("X-Amz-Target")?.StartsWith(target + ".", StringComparison.Ordinal) == true;

    public override Answer Error(Request request, AwsError error)
    {
        var type = (error.Namespace ?? errorNamespace) is { Length: > 0 } space ? $"{space}#{error.Code}" : error.Code;
        // The general errors of AWS spell the member "Message", the ones of a service "message".
        var body = new JsonObject { ["__type"] = type, [error.Namespace is null ? "message" : "Message"] = error.Message };
        return Answer.Of(error.Status, $"application/x-amz-json-{version}", body.ToJsonString());
    }

    public override AwsError Denied(Request request, Estate estate, string account, string operation, string subject) =>
        new(400, "AccessDeniedException", Denial.Sentence(account, Name, operation, subject)) { Namespace = Coral };

    public override AwsError Throttled() => new(400, "ThrottlingException", "Rate exceeded") { Namespace = "com.amazon.coral.availability" };

    public override AwsError Unsigned(Request request, Estate estate) =>
        new(400, "MissingAuthenticationTokenException", "Request is missing Authentication Token") { Namespace = Coral };

    public override IEnumerable<(string Name, string Value)> Stamp(Request request) => [("x-amzn-RequestId", request.Id)];

    protected static Operation Row(string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run, string version) => new(
        name,
        request => subject(Parse(request)),
        call => Answer.Of(200, $"application/x-amz-json-{version}", run(call, Parse(call.Request))?.ToJsonString() ?? ""));

    public static JsonObject Parse(Request request)
    {
        try
        {
            return request.Body.IsEmpty ? [] : JsonNode.Parse(request.Plain().Span) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            throw new AwsError(400, "SerializationException", "Unexpected token in the request body") { Namespace = Coral };
        }
    }
}
