using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Ec2;

/// <summary>EC2, only for the list of regions. Its query protocol has neither a Result nor a ResponseMetadata wrapper.</summary>
internal sealed class Ec2Service() : QueryService("ec2", Namespace, [new("DescribeRegions", Operation.NoSubject, DescribeRegions)])
{
    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private static readonly XNamespace Ns = Namespace;

    public override Answer Error(Request request, AwsError error) => Xml(error.Status, new XElement(
        "Response",
        new XElement("Errors", new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))),
        new XElement("RequestID", request.Id)));

    public override AwsError Denied(Request request, Estate estate, string account, string operation, string subject) =>
        new(403, "UnauthorizedOperation", $"You are not authorized to perform this operation. {Denial.Sentence(account, Name, operation, subject)}");

    public override AwsError Throttled() => new(503, "RequestLimitExceeded", "Request limit exceeded.");

    /// <summary>Regions the account has not opted in to are listed only when all are asked for.</summary>
    private static Answer DescribeRegions(Call call)
    {
        var form = Form(call.Request);
        var all = string.Equals(form.GetValueOrDefault("AllRegions"), "true", StringComparison.OrdinalIgnoreCase);
        var named = form
            .Where(field => field.Key.StartsWith("RegionName.", StringComparison.Ordinal))
            .Select(field => field.Value.ToString())
            .ToHashSet(StringComparer.Ordinal);
        return Xml(200, new XElement(
            Ns + "DescribeRegionsResponse",
            new XElement(Ns + "requestId", call.Request.Id),
            new XElement(Ns + "regionInfo", call.Estate.Regions
                .Where(region => (all || region.OptIn != "not-opted-in") && (named.Count == 0 || named.Contains(region.Name)))
                .Select(region => new XElement(
                    Ns + "item",
                    new XElement(Ns + "regionName", region.Name),
                    new XElement(Ns + "regionEndpoint", $"ec2.{region.Name}.amazonaws.com"),
                    new XElement(Ns + "optInStatus", region.OptIn))))));
    }
}
