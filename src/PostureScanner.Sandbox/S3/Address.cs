using System.Net;
using Microsoft.AspNetCore.Http;
using PostureScanner.Sandbox.Wire;

namespace PostureScanner.Sandbox.S3;

/// <summary>Which bucket and key a request is about, and what of the bucket.</summary>
internal sealed record Address(string Bucket, string Key)
{
    private const string LocalHost = ".localhost";

    private static readonly string[] Valued = ["list-type", "uploadId", "partNumber"];

    private static readonly HashSet<string> Parameters = new(StringComparer.Ordinal)
    {
        "prefix", "delimiter", "marker", "max-keys", "encoding-type", "continuation-token", "start-after", "key-marker", "version-id-marker",
    };

    public Scope Scope => Bucket.Length == 0 ? Scope.Account : Key.Length == 0 ? Scope.Bucket : Scope.Object;

    /// <summary>Path style, or <c>bucket.localhost</c> as a host; a bucket's name may hold dots either way.</summary>
    public static Address Of(Request request)
    {
        var path = request.Path.TrimStart('/');
        if (!IPAddress.TryParse(request.Host, out _) && request.Host.EndsWith(LocalHost, StringComparison.OrdinalIgnoreCase))
            return new Address(request.Host[..^LocalHost.Length], path);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new Address(path, "") : new Address(path[..slash], path[(slash + 1)..]);
    }

    /// <summary>
    /// A query key without a value names a part of the bucket or object; the SDKs' own parameters all have one, and so, against the rule, have three that
    /// name another operation.
    /// </summary>
    public static string SubresourceOf(IQueryCollection query) =>
        Array.Find(Valued, query.ContainsKey)
        ?? query.Where(field => field.Value.ToString().Length == 0 && !Parameters.Contains(field.Key)).Select(field => field.Key).FirstOrDefault() ?? "";
}
