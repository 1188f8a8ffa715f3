using System.Text.Json.Nodes;
using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.CloudFormation;

/// <summary>CloudFormation, query protocol: stacks to be read, none to be built.</summary>
internal sealed class CloudFormationService() : QueryService("cloudformation", Ns, Rows)
{
    private static readonly XNamespace Ns = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    private static IEnumerable<Operation> Rows =>
    [
        Row("DescribeStacks", Stacks.NameIn, Stacks.Describe),
        Row("ListStacks", _ => "", Stacks.List),
        Row("GetTemplate", Stacks.NameIn, Templates.Get),
        Row("DescribeStackResources", input => input.Text("PhysicalResourceId") ?? Stacks.NameIn(input), StackResources.Describe),
        Row("ListStackResources", Stacks.NameIn, StackResources.List),
    ];

    private static Operation Row(string name, Func<JsonObject, string> subject, Func<Call, JsonObject, JsonObject?> run) => Row(Ns, name, subject, run);
}
