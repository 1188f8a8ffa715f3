using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.Sts;

/// <summary>Who asks. A role's access key carries its account, so every service can tell it from the key alone.</summary>
internal sealed partial class Sessions
{
    private const int DefaultSeconds = 3600;
    private const string RoleId = "AROASANDBOXSANDBOXSAN";

    private readonly ConcurrentDictionary<string, string> arns = new(StringComparer.Ordinal);
    private int number;

    public static XNamespace Ns { get; } = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static string RoleIn(Request request) => QueryService.Form(request).GetValueOrDefault("RoleArn").ToString();

    public Answer WhoAmI(Call call)
    {
        var assumed = arns.GetValueOrDefault(call.Request.Credential!.AccessKey);
        return QueryService.Result(
            call,
            Ns,
            new XElement(Ns + "Arn", assumed ?? $"arn:aws:iam::{call.Account}:user/sandbox"),
            new XElement(Ns + "UserId", assumed is null ? "AIDASANDBOXSANDBOXSAN" : $"{RoleId}:{assumed.Split('/')[^1]}"),
            new XElement(Ns + "Account", call.Account));
    }

    public Answer Assume(Call call)
    {
        var form = QueryService.Form(call.Request);
        var session = form.GetValueOrDefault("RoleSessionName").ToString();
        if (RoleArn().Match(call.Name) is not { Success: true } role)
            throw new AwsError(400, "ValidationError", $"{call.Name} is invalid");
        var account = role.Groups["account"].Value;
        if (!call.Estate.Accounts.Any(known => known.Id == account))
            throw new AwsError(403, "AccessDenied", $"User: arn:aws:iam::{call.Account}:user/sandbox is not authorized to perform: sts:AssumeRole on resource: {call.Name}");

        var accessKey = Credential.KeyFor(account, Interlocked.Increment(ref number));
        var arn = $"arn:aws:sts::{account}:assumed-role/{role.Groups["role"].Value}/{session}";
        arns[accessKey] = arn;
        return QueryService.Result(
            call,
            Ns,
            new XElement(Ns + "AssumedRoleUser", new XElement(Ns + "AssumedRoleId", $"{RoleId}:{session}"), new XElement(Ns + "Arn", arn)),
            new XElement(
                Ns + "Credentials",
                new XElement(Ns + "AccessKeyId", accessKey),
                new XElement(Ns + "SecretAccessKey", "sandbox"),
                new XElement(Ns + "SessionToken", "sandbox"),
                new XElement(Ns + "Expiration", Expiration(form.GetValueOrDefault("DurationSeconds")))));
    }

    /// <summary>A client compares it with its own clock, not with the estate's.</summary>
    private static string Expiration(string? seconds) => TimeProvider.System.GetUtcNow()
        .AddSeconds(int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : DefaultSeconds)
        .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^arn:aws:iam::(?<account>\d{12}):role/(?:.*/)?(?<role>[^/]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoleArn();
}
