using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PostureScanner.Tests.Aws;

/// <summary>Stands between the scanner and AWS and changes what AWS says: login pages, emulators that leave something out.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly HttpClient _aws;

    private Proxy(WebApplication web, HttpClient aws)
    {
        _web = web;
        _aws = aws;
    }

    public Uri Url => new(_web.Urls.Single());

    /// <param name="rewrite">Gives another body for a 200 answer.</param>
    public static async Task<Proxy> StartAsync(Uri aws, Func<Exchange, string> rewrite)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var proxy = new Proxy(builder.Build(), new HttpClient { BaseAddress = aws });
        proxy._web.Run(context => proxy.PassAsync(context, rewrite));
        await proxy._web.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _aws.Dispose();
    }

    private async Task PassAsync(HttpContext context, Func<Exchange, string> rewrite)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString)
        {
            Content = body.Length == 0 ? null : new ByteArrayContent(body.ToArray()),
        };
        foreach (var (name, value) in context.Request.Headers.Where(h => h.Key is not "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value!))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)value!);
        }

        using var response = await _aws.SendAsync(request);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, value) in response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Content-Length" or "Transfer-Encoding")))
            context.Response.Headers[name] = value.ToArray();
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode && context.Request.Method != "HEAD")
        {
            var sent = Encoding.UTF8.GetString(body.ToArray());
            var form = context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true ? sent : "";
            text = rewrite(new Exchange(Operation(context.Request, form), request.RequestUri + (form.Length > 0 ? Uri.UnescapeDataString(form) : sent), text));
        }

        if (text.Length > 0)
            await context.Response.WriteAsync(text);
    }

    private static string Operation(HttpRequest request, string form) =>
        form.Split('&').FirstOrDefault(field => field.StartsWith("Action=", StringComparison.Ordinal)) is { } action ? action["Action=".Length..]
        : request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target ? target.Split('.')[^1] : request.Query.Keys.FirstOrDefault() ?? "";
}

/// <summary>One call that AWS has answered.</summary>
/// <param name="Operation">As the request names it: <c>DescribeTable</c>, <c>versioning</c>.</param>
/// <param name="Request">Path, query and body: what the call is about stands in one of them.</param>
internal sealed record Exchange(string Operation, string Request, string Answer);
