using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

/// <summary>Conditional requests: what has to be so before an object is written, deleted or read.</summary>
internal static class Preconditions
{
    private const string Any = "*";

    /// <summary>A delete marker counts as no object.</summary>
    public static void OfWrite(Call call, ObjectVersion? current, ObjectVersion? onArrival)
    {
        var (match, noneMatch) = (call.Request.Header("If-Match"), call.Request.Header("If-None-Match"));
        if (match is null && noneMatch is null)
            return;
        if (noneMatch is not (null or Any))
            throw new AwsError(501, "NotImplemented", "A header you provided implies functionality that is not implemented");
        if (match is not null && call.Lacks("GetObject"))
            throw Buckets.Denied(null, Denial.Sentence(call.Account, "s3", "GetObject", call.Name));
        // Not a lost race but one that cannot be judged: S3 wants the client to try again.
        if (onArrival is not null && current is null)
            throw new AwsError(409, "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.");
        if (noneMatch is not null && current is not null)
            throw Failed("If-None-Match");
        if (match is not null)
            Match(match, current ?? throw ObjectReads.NoSuchKey(call.Request));
    }

    public static void OfDelete(Request request, ObjectVersion? current)
    {
        if (request.Header("If-Match") is { } match)
            Match(match, current ?? throw ObjectReads.NoSuchKey(request));
    }

    /// <summary>False: the client has it already.</summary>
    public static bool OfRead(Request request, ObjectVersion version)
    {
        if (request.Header("If-Match") is { } match)
            Match(match, version);
        return request.Header("If-None-Match") is not { } noneMatch || !Fits(noneMatch, version);
    }

    private static void Match(string wanted, ObjectVersion version)
    {
        if (!Fits(wanted, version))
            throw Failed("If-Match");
    }

    /// <summary>Clients send an ETag with or without its quotes.</summary>
    private static bool Fits(string wanted, ObjectVersion version) => wanted == Any || wanted.Trim('"') == version.ETag.Trim('"');

    private static AwsError Failed(string condition) => new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
    {
        Details = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("Condition", condition),
    };
}
