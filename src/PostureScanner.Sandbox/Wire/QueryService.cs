using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace PostureScanner.Sandbox.Wire;

/// <summary>A service of the query protocol: a form with an Action, answered in XML.</summary>
internal abstract class QueryService(string name, XNamespace xmlns, IEnumerable<Operation> operations) : Service(name, operations)
{
    protected XNamespace Xmlns => xmlns;

    public override string OperationOf(Request request) =>
        Form(request).GetValueOrDefault("Action").ToString() is { Length: > 0 } action ? action : "(no Action)";

    public override bool Claims(Request request) => false;

    public override Answer Error(Request request, AwsError error) => Xml(error.Status, new XElement(
        xmlns + "ErrorResponse",
        new XElement(
            xmlns + "Error",
            new XElement(xmlns + "Type", error.Status < 500 ? "Sender" : "Receiver"),
            new XElement(xmlns + "Code", error.Code),
            new XElement(xmlns + "Message", error.Message)),
        new XElement(xmlns + "RequestId", request.Id)));

    public override AwsError Denied(Request request, Estate estate, string account, string operation, string subject) =>
        new(403, "AccessDenied", Denial.Sentence(account, Name, operation, subject));

    public override AwsError Throttled() => new(400, "Throttling", "Rate exceeded");

    public override AwsError Unsigned(Request request, Estate estate) => new(403, "MissingAuthenticationToken", "Request is missing Authentication Token");

    public override IEnumerable<(string Name, string Value)> Stamp(Request request) => [("x-amzn-RequestId", request.Id)];

    public static Dictionary<string, StringValues> Form(Request request) =>
        QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(request.Plain().Span));

    /// <summary>An operation on the form as a tree, answered by one. Without a result the answer has no wrapper for it.</summary>
    protected static Operation Row(XNamespace xmlns, string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run) => new(
        name,
        request => subject(FormTree.Of(request)),
        call => Tree(call, xmlns, run(call, FormTree.Of(call.Request))));

    protected static Answer Tree(Call call, XNamespace xmlns, JsonObject? result) => Xml(200, new XElement(
        xmlns + $"{call.Operation.Name}Response",
        result is null ? null : new XElement(xmlns + $"{call.Operation.Name}Result", TreeXml.Of(xmlns, result)),
        new XElement(xmlns + "ResponseMetadata", new XElement(xmlns + "RequestId", call.Request.Id))));

    protected static Answer Xml(int status, XElement body) => Answer.Of(status, "text/xml", body.ToString(SaveOptions.DisableFormatting));

    /// <summary>The answer in its usual two wrappers.</summary>
    public static Answer Result(Call call, XNamespace xmlns, params object[] content) => Xml(200, new XElement(
        xmlns + $"{call.Operation.Name}Response",
        new XElement(xmlns + $"{call.Operation.Name}Result", content),
        new XElement(xmlns + "ResponseMetadata", new XElement(xmlns + "RequestId", call.Request.Id))));
}
