using System.Reflection;
using Amazon.CloudFormation;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;

namespace PostureScanner.Tests.AwsPackages.Wire;

/// <summary>Every member of every shape is written and read: a new one that is not fails here.</summary>
public sealed class MemberTests
{
    private static readonly Dictionary<string, string> Ec2Names = new(StringComparer.Ordinal)
    {
        ["Regions"] = "regionInfo", ["Endpoint"] = "regionEndpoint", ["OptInStatus"] = "optInStatus", ["RegionName"] = "regionName",
        ["Filters"] = "Filter", ["RegionNames"] = "RegionName", ["Values"] = "Value",
    };

    private static IEnumerable<TestCaseData> Operations() =>
        from type in (Type[])[typeof(IAmazonCloudWatch), typeof(IAmazonSimpleNotificationService), typeof(IAmazonCloudFormation), typeof(IAmazonEC2)]
        from method in type.GetMethods()
        where method.GetParameters() is [{ ParameterType.BaseType.BaseType: { } root }, ..] && root == typeof(AmazonWebServiceRequest)
        select new TestCaseData(method).SetArgDisplayNames(method.Name);

    [TestCaseSource(nameof(Operations))]
    public async Task Every_member_of_a_request_is_written(MethodInfo operation)
    {
        var request = operation.GetParameters()[0].ParameterType;
        await using var listener = await Listener.StartAsync($"<{Action(operation)}Response/>");

        await InvokeAsync(listener, operation, Filled.Instance(request));

        var segments = listener.Asked.Single().Fields.SelectMany(line => line.Split('=')[0].Split('.')).ToHashSet(StringComparer.Ordinal);
        Assert.That(Shapes(request).SelectMany(Filled.Members).Select(member => Name(operation, member.Name)).Where(name => !segments.Contains(name)), Is.Empty);
    }

    [TestCaseSource(nameof(Operations))]
    public async Task Every_member_of_an_answer_is_read(MethodInfo operation)
    {
        var ec2 = operation.DeclaringType == typeof(IAmazonEC2);
        var response = operation.ReturnType.GetGenericArguments()[0];
        var members = Filled.Xml(response, name => Name(operation, name), ec2 ? "item" : "member");
        await using var listener = await Listener.StartAsync(ec2
            ? $"<{Action(operation)}Response>{members}</{Action(operation)}Response>"
            : $"<{Action(operation)}Response><{Action(operation)}Result>{members}</{Action(operation)}Result></{Action(operation)}Response>");

        var answer = await InvokeAsync(listener, operation, Activator.CreateInstance(operation.GetParameters()[0].ParameterType)!);

        Assert.That(Filled.Missing(answer), Is.Empty);
    }

    private static string Action(MethodInfo operation) => operation.Name[..^"Async".Length];

    private static string Name(MethodInfo operation, string member) =>
        operation.DeclaringType == typeof(IAmazonEC2) && Ec2Names.TryGetValue(member, out var name) ? name : member;

    /// <summary>The shape and those below it.</summary>
    private static IEnumerable<Type> Shapes(Type shape) => Filled.Members(shape)
        .Select(member => member.PropertyType is { IsGenericType: true } generic ? generic.GetGenericArguments()[^1] : member.PropertyType)
        .Where(type => type.Assembly == shape.Assembly && !type.IsAssignableTo(typeof(ConstantClass)))
        .SelectMany(Shapes)
        .Prepend(shape);

    private static async Task<object> InvokeAsync(Listener listener, MethodInfo operation, object request)
    {
        var credentials = new BasicAWSCredentials("key", "secret");
        using IDisposable client = operation.DeclaringType!.Name switch
        {
            nameof(IAmazonCloudWatch) => new AmazonCloudWatchClient(credentials, listener.Config(new AmazonCloudWatchConfig())),
            nameof(IAmazonSimpleNotificationService) => new AmazonSimpleNotificationServiceClient(credentials, listener.Config(new AmazonSimpleNotificationServiceConfig())),
            nameof(IAmazonCloudFormation) => new AmazonCloudFormationClient(credentials, listener.Config(new AmazonCloudFormationConfig())),
            _ => new AmazonEC2Client(credentials, listener.Config(new AmazonEC2Config())),
        };
        var call = (Task)operation.Invoke(client, [request, CancellationToken.None])!;
        await call;
        return call.GetType().GetProperty("Result")!.GetValue(call)!;
    }
}
