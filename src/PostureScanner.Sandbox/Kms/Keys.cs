using System.Text.Json.Nodes;
using PostureScanner.Sandbox.Founding;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Kms;

internal static class Keys
{
    private const string ManagedAlias = "alias/aws/";

    /// <summary>The last part of an ARN; an alias keeps its <c>alias/</c>.</summary>
    public static string IdIn(JsonObject input)
    {
        var given = input.Text("KeyId") ?? "";
        var resource = given.StartsWith("arn:", StringComparison.Ordinal) ? given.Split(':', 6)[^1] : given;
        return resource.StartsWith("key/", StringComparison.Ordinal) ? resource["key/".Length..] : resource;
    }

    public static JsonObject Describe(Call call, JsonObject input) => new() { ["KeyMetadata"] = KeyJson.Of(call.World, Find(call, input)) };

    public static JsonObject Rotation(Call call, JsonObject input)
    {
        var key = Find(call, input);
        var status = new JsonObject { ["KeyId"] = key.Arn, ["KeyRotationEnabled"] = key.Rotation };
        if (key.Rotation)
            status["RotationPeriodInDays"] = 365;
        return status;
    }

    public static JsonObject Policy(Call call, JsonObject input) => new()
    {
        ["Policy"] = $$"""{"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Find(call, input).Account}}:root"},"Action":"kms:*","Resource":"*"}]}""",
        ["PolicyName"] = "default",
    };

    /// <summary>By id, ARN, alias or alias ARN. An id or alias alone means the caller's account; another account's key needs its ARN.</summary>
    public static Key Find(Call call, JsonObject input)
    {
        var given = input.Text("KeyId") ?? "";
        var account = call.Account;
        if (given.StartsWith("arn:", StringComparison.Ordinal))
        {
            if (given.Split(':') is not [_, _, "kms", var region, var owner, _])
                throw new AwsError(400, "InvalidArnException", $"Invalid keyId '{given}'");
            if (region != call.Region)
                throw NotFound($"Invalid arn {region}");
            account = owner;
        }

        // Asking for AWS's own key of a service makes it, as using it does.
        if (account == call.Account && call.Name.StartsWith(ManagedAlias, StringComparison.Ordinal))
            call.World = Keyring.WithManaged(call.World, call.Estate, account, call.Region, call.Name[ManagedAlias.Length..]);
        var key = call.Vanished ? null : Keyring.Find(call.World, account, call.Region, call.Name);
        if (account != call.Account && key?.ReadableBy.Contains(call.Account) != true)
            throw new AwsError(400, "AccessDeniedException", $"User: arn:aws:iam::{call.Account}:user/sandbox is not authorized to perform: kms:{call.Operation.Name} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access");
        return key ?? throw NotFound(call.Name.StartsWith("alias/", StringComparison.Ordinal)
            ? $"Alias arn:aws:kms:{call.Region}:{account}:{call.Name} is not found."
            : $"Key 'arn:aws:kms:{call.Region}:{account}:key/{call.Name}' does not exist");
    }

    public static AwsError NotFound(string message) => new(400, "NotFoundException", message);
}
