using System.Text.Json.Nodes;
using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudWatch;

/// <summary>CloudWatch's metrics and alarms, in the query protocol and in JSON 1.0: each request is answered in its own. CBOR is 501.</summary>
internal sealed class CloudWatchService() : QueryService("cloudwatch", Ns, Rows)
{
    private static readonly XNamespace Ns = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    private static IEnumerable<Operation> Rows =>
    [
        Row("PutMetricData", input => input.Text("Namespace") ?? "", MetricWrites.Put),
        Row("GetMetricData", _ => "", MetricReads.Get),
        Row("ListMetrics", input => input.Text("Namespace") ?? "", MetricReads.List),
        Row("PutMetricAlarm", input => input.Text("AlarmName") ?? "", Alarms.Put),
        Row("DescribeAlarms", _ => "", Alarms.Describe),
    ];

    public override string SigningName => "monitoring";

    public override string OperationOf(Request request) =>
        request.Header("smithy-protocol") is { } protocol ? $"{request.Path.Split('/')[^1]} in {protocol}" : Target(request)?.Split('.')[^1] ?? base.OperationOf(request);

    public override Answer Error(Request request, AwsError error) => Target(request) is null
        ? base.Error(request, error)
        : Json(error.Status, new JsonObject { ["__type"] = $"com.amazonaws.cloudwatch.v2010_08_01#{error.Code}", ["message"] = error.Message })
            // Clients of the old protocol know the codes of old; here is where they still stand.
            .With("x-amzn-query-error", $"{error.Code};{(error.Status < 500 ? "Sender" : "Receiver")}");

    private static string? Target(Request request) => request.Header("X-Amz-Target");

    private static Operation Row(string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run) => new(
        name,
        request => subject(Input(request)),
        call => run(call, Input(call.Request)) is var result && Target(call.Request) is null
            ? Tree(call, Ns, result)
            : Json(200, result is null ? [] : (JsonObject)Epochs(result)!));

    private static JsonObject Input(Request request) => Target(request) is null ? FormTree.Of(request) : JsonService.Parse(request);

    private static Answer Json(int status, JsonObject body) => Answer.Of(status, "application/x-amz-json-1.0", body.ToJsonString());

    /// <summary>JSON writes times as seconds.</summary>
    private static JsonNode? Epochs(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, Epochs(member.Value)))),
        JsonArray list => list.Select(Epochs).ToJsonArray(),
        JsonValue value when !value.TryGetValue<string>(out _) && value.TryGetValue<DateTimeOffset>(out var time) => time.Epoch(),
        _ => node.Copy(),
    };
}
