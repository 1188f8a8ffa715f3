using System.Globalization;
using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>Object Lock: versions that nobody may delete before their time.</summary>
internal static class ObjectLocks
{
    private const string ModeHeader = "x-amz-object-lock-mode";
    private const string UntilHeader = "x-amz-object-lock-retain-until-date";
    private const string HoldHeader = "x-amz-object-lock-legal-hold";
    private const string Governance = "GOVERNANCE";

    /// <summary>The version under the lock its request asks for, or else under the bucket's default.</summary>
    public static ObjectVersion Locked(Call call, Bucket bucket, ObjectVersion version, bool isVouched)
    {
        var configuration = bucket.Settings.GetValueOrDefault(Subresource.ObjectLock);
        var asked = AskedFor(call);
        var hold = call.Request.Header(HoldHeader) is { } said ? said is "ON" or "OFF" ? said == "ON" : throw Invalid("Legal Hold must be either of 'ON' or 'OFF'") : (bool?)null;
        if (configuration is null && (asked is not null || hold is not null))
            throw new AwsError(400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
        var retention = asked ?? Default(configuration, call.Now);
        if ((retention is not null || hold is not null) && !isVouched)
            throw new AwsError(400, "InvalidRequest", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters");
        return version with { Retention = retention, LegalHold = hold ?? false };
    }

    /// <summary>Null when the version may be deleted.</summary>
    public static AwsError? Refusal(Call call, ObjectVersion version)
    {
        var bypass = string.Equals(call.Request.Header("x-amz-bypass-governance-retention"), "true", StringComparison.OrdinalIgnoreCase)
            && !call.Lacks("BypassGovernanceRetention");
        var retained = version.Retention is { } retention && retention.Until > call.Now && !(retention.Mode == Governance && bypass);
        return retained || version.LegalHold ? new AwsError(403, "AccessDenied", "Access Denied because object protected by object lock.") : null;
    }

    public static IEnumerable<(string Name, string Value)> Headers(ObjectVersion version)
    {
        if (version.Retention is { } retention)
        {
            yield return (ModeHeader, retention.Mode);
            yield return (UntilHeader, Xml.Time(retention.Until));
        }

        if (version.LegalHold)
            yield return (HoldHeader, "ON");
    }

    private static Retention? AskedFor(Call call)
    {
        var (mode, until) = (call.Request.Header(ModeHeader), call.Request.Header(UntilHeader));
        if (mode is null && until is null)
            return null;
        if (mode is null || until is null)
            throw Invalid($"{UntilHeader} and {ModeHeader} must both be supplied");
        if (mode is not (Governance or "COMPLIANCE"))
            throw Invalid("Unknown wormMode directive.");
        if (!DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            throw Invalid("The retain until date must be provided in ISO 8601 format");
        return date > call.Now ? new Retention(mode, date) : throw Invalid("The retain until date must be in the future!");
    }

    private static Retention? Default(XElement? configuration, DateTimeOffset now)
    {
        if (configuration.Child("Rule").Child("DefaultRetention") is not { } rule || rule.Child("Mode")?.Value is not { } mode)
            return null;
        var span = int.Parse((rule.Child("Days") ?? rule.Child("Years"))?.Value ?? "0", CultureInfo.InvariantCulture);
        return new Retention(mode, rule.Child("Years") is null ? now.AddDays(span) : now.AddYears(span));
    }

    private static AwsError Invalid(string message) => new(400, "InvalidArgument", message);
}
