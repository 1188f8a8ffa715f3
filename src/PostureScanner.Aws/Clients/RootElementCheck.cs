using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Text;
using PostureScanner.Aws.Pacing;

namespace PostureScanner.Aws.Clients;

/// <summary>
/// Refuses an answer that is not S3's: neither in its namespace, nor with the operation's root element. The SDK skips elements it does not know, so a proxy's HTML page
/// with status 200 would read as "versioning was never switched on".
/// </summary>
internal sealed class RootElementCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The root stands within the XML declaration, comments and this many bytes, or the answer is not S3's.</summary>
    private const int Window = 512;

    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly FrozenDictionary<string, string> Roots = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["versioning"] = "VersioningConfiguration",
        ["encryption"] = "ServerSideEncryptionConfiguration",
        ["replication"] = "ReplicationConfiguration",
        ["lifecycle"] = "LifecycleConfiguration",
        ["object-lock"] = "ObjectLockConfiguration",
        ["publicAccessBlock"] = "PublicAccessBlockConfiguration",
        ["tagging"] = "Tagging",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly SearchValues<char> QueryEnds = SearchValues.Create("=&");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || request.Method != HttpMethod.Get || Root(request.RequestUri) is not { } root)
            return response;

        // Buffered: bucket settings are a few hundred bytes, the largest (a replication of 1,000 rules) two megabytes.
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var window = new byte[Window];
        var length = await stream.ReadAtLeastAsync(window, Window, throwOnEndOfStream: false, cancellationToken);
        stream.Position = 0;
        var beginning = Encoding.UTF8.GetString(window, 0, length);
        // Emulators name the root after the response, but keep the namespace.
        if (beginning.Contains('<' + root, StringComparison.Ordinal) || beginning.Contains(Namespace, StringComparison.Ordinal))
            return response;

        response.Dispose();
        throw new UnreadableAnswerException($"the answer does not begin with <{root}>");
    }

    private static string? Root(Uri? uri)
    {
        var query = (uri?.Query ?? "").AsSpan().TrimStart('?');
        var end = query.IndexOfAny(QueryEnds);
        return Roots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end < 0 ? query : query[..end], out var root) ? root : null;
    }
}
