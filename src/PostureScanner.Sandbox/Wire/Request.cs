using Microsoft.AspNetCore.Http;

namespace PostureScanner.Sandbox.Wire;

/// <summary>An HTTP request, read to its end, and who signed it.</summary>
sealed record Request(string Method, string Host, string Path, IQueryCollection Query, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body, string Id)
{
    public Credential? Credential { get; init; }

    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    public static async Task<Request> ReadAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var http = context.Request;
        return new Request(http.Method, http.Host.Host, http.Path.Value ?? "/", http.Query, http.Headers, body.ToArray(), id)
        {
            Credential = Credential.Read(http.Headers.Authorization, http.Query["X-Amz-Credential"]),
        };
    }
}
