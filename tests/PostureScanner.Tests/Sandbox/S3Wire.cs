using System.Net.Http.Headers;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

/// <summary>Uploads as no SDK makes them.</summary>
internal static class S3Wire
{
    public static async Task<HttpResponseMessage> PutAsync(SandboxServer sandbox, string path, string body, params string[] headers)
    {
        using var http = new HttpClient { BaseAddress = sandbox.Url };
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(body)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", $"Credential=AKIDSANDBOX/20260101/{Clients.Home}/s3/aws4_request, SignedHeaders=host, Signature=0");
        foreach (var header in headers)
        {
            var (name, value) = header.Split(": ", 2) is [var left, var right] ? (left, right) : throw new ArgumentException(header, nameof(headers));
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }
}
