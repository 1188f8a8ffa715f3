using System.Xml.Linq;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3.Objects;

internal static class ObjectDeletes
{
    private const int MostKeys = 1000;

    public static Answer One(Call call)
    {
        var key = Address.Of(call.Request).Key;
        Preconditions.OfDelete(call.Request, Buckets.FindOwn(call).Current(key));
        var deleted = Delete(call, key, call.Request.Query["versionId"].ToString());
        var answer = new Answer(204, "application/xml", default);
        if (deleted.IsMarker)
            answer = answer.With("x-amz-delete-marker", "true");
        return deleted.VersionId is { } id ? answer.With("x-amz-version-id", id) : answer;
    }

    /// <summary>Each key on its own: what cannot be deleted is named among those that could.</summary>
    public static Answer Many(Call call)
    {
        Buckets.FindOwn(call);
        if (!Payload.Of(call.Request).IsVouched)
            throw new AwsError(400, "InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        var wanted = Xml.Parse(call.Request, "Delete");
        var objects = wanted.Elements(Xml.Ns + "Object").ToList();
        if (objects.Count is 0 or > MostKeys)
            throw Xml.Malformed();
        var quiet = wanted.Child("Quiet")?.Value == "true";
        return Xml.Answer(Xml.Of("DeleteResult", objects.Select(each => Result(call, each, quiet))));
    }

    private static XElement? Result(Call call, XElement wanted, bool quiet)
    {
        var key = wanted.Child("Key")?.Value ?? throw Xml.Malformed();
        var version = wanted.Child("VersionId")?.Value;
        try
        {
            var deleted = Delete(call, key, version ?? "");
            return quiet ? null : Xml.Of(
                "Deleted",
                Xml.Of("Key", key),
                Xml.OfAny("VersionId", version),
                deleted.IsMarker ? Xml.Of("DeleteMarker", true) : null,
                deleted.IsMarker ? Xml.OfAny("DeleteMarkerVersionId", deleted.VersionId) : null);
        }
        catch (AwsError error)
        {
            return Xml.Of("Error", Xml.Of("Key", key), Xml.OfAny("VersionId", version), Xml.Of("Code", error.Code), Xml.Of("Message", error.Message));
        }
    }

    /// <summary>What is not there is deleted too. Without a version, a bucket that keeps versions gets a delete marker and loses nothing.</summary>
    private static (bool IsMarker, string? VersionId) Delete(Call call, string key, string version)
    {
        var bucket = Buckets.FindOwn(call);
        if (version.Length > 0)
            return DeleteVersion(call, bucket, bucket.All(key).FirstOrDefault(each => each.Id == version)) ?? (false, version);
        if (bucket.WasNeverVersioned())
        {
            if (bucket.Current(key) is { } only)
                call.World = call.World.Put(bucket.Remove(only));
            return (false, null);
        }

        var marker = new ObjectVersion(key, Versions.NewVersionId(call.Estate, bucket, key), call.Now) { IsDeleteMarker = true };
        call.World = call.World.Put(bucket.Add(marker));
        return (true, marker.Id);
    }

    private static (bool IsMarker, string? VersionId)? DeleteVersion(Call call, Bucket bucket, ObjectVersion? version)
    {
        if (version is null)
            return null;
        if (ObjectLocks.Refusal(call, version) is { } refusal)
            throw refusal;
        call.World = call.World.Put(bucket.Remove(version));
        return (version.IsDeleteMarker, version.Id);
    }
}
