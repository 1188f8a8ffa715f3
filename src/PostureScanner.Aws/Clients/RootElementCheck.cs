using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Text;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Aws.Clients;

/// <summary>
/// Refuses an S3 answer whose root element is not the operation's. The SDK skips elements it does not know, so a proxy's HTML page
/// with status 200 would read as "versioning was never switched on", as "no buckets" or as "no evidence".
/// </summary>
internal sealed class RootElementCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The root stands within the XML declaration, comments and this many bytes, or the answer is not S3's.</summary>
    private const int Window = 512;

    /// <summary>Stands anywhere among its query keys, and further pages begin as those of a listing of buckets do.</summary>
    private const string Objects = "list-type";

    private static readonly string[] Listing = ["ListAllMyBucketsResult"];

    private static readonly FrozenDictionary<string, string[]> Roots = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        // The first query keys of a listing's first and further pages.
        ["max-buckets"] = Listing,
        ["continuation-token"] = Listing,
        // Moto names this one root after the response.
        ["versioning"] = ["VersioningConfiguration", "GetBucketVersioningResponse"],
        ["encryption"] = ["ServerSideEncryptionConfiguration"],
        ["replication"] = ["ReplicationConfiguration"],
        ["lifecycle"] = ["LifecycleConfiguration"],
        ["object-lock"] = ["ObjectLockConfiguration"],
        ["publicAccessBlock"] = ["PublicAccessBlockConfiguration"],
        ["tagging"] = ["Tagging"],
        [Objects] = ["ListBucketResult"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly SearchValues<char> QueryEnds = SearchValues.Create("=&");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || request.Method != HttpMethod.Get || Root(request.RequestUri) is not { } roots)
            return response;

        // Buffered: bucket settings are a few hundred bytes, the largest (a replication of 1,000 rules, a page of 10,000 buckets) two megabytes.
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var window = new byte[Window];
        var length = await stream.ReadAtLeastAsync(window, Window, throwOnEndOfStream: false, cancellationToken);
        stream.Position = 0;
        var beginning = Encoding.UTF8.GetString(window, 0, length);
        if (Array.Exists(roots, root => beginning.Contains('<' + root, StringComparison.Ordinal)))
            return response;

        response.Dispose();
        throw new UnreadableAnswerException($"the answer does not begin with <{roots[0]}>");
    }

    private static string[]? Root(Uri? uri)
    {
        var query = (uri?.Query ?? "").AsSpan().TrimStart('?');
        if (query.Contains(Objects + "=", StringComparison.Ordinal))
            return Roots[Objects];
        var end = query.IndexOfAny(QueryEnds);
        return Roots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end < 0 ? query : query[..end], out var roots) ? roots : null;
    }
}
