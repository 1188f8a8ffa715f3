using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PostureScanner.Sandbox.Wire;

/// <summary>An HTTP request, read to its end, and who signed it.</summary>
internal sealed record Request(string Method, string Host, string Path, IQueryCollection Query, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body, string Id)
{
    public Credential? Credential { get; init; }

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>The body without its compression. An object's is its own and stays; so only services that take a compressed request ask for this.</summary>
    public ReadOnlyMemory<byte> Plain()
    {
        if (Header("Content-Encoding") != "gzip")
            return Body;
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(Body.ToArray()), CompressionMode.Decompress))
            gzip.CopyTo(plain);
        return plain.ToArray();
    }

    public static async Task<Request> ReadAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var http = context.Request;
        return new Request(http.Method, http.Host.Host, PathOf(context), http.Query, http.Headers, body.ToArray(), id)
        {
            Credential = Credential.Read(http.Headers.Authorization, http.Query["X-Amz-Credential"]),
        };
    }

    /// <summary>Decoded once, from what was sent: the server's own path leaves %2F as it is and folds dots, and both can stand in an object's key.</summary>
    private static string PathOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return target.StartsWith('/') ? Uri.UnescapeDataString(target.Split('?')[0]) : context.Request.Path.Value ?? "/";
    }
}
