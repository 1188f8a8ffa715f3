using Amazon.Runtime;

namespace PostureScanner.Aws.Clients;

/// <summary>One connection pool for all clients, with a handler of its own for S3.</summary>
internal sealed class Connections : HttpClientFactory
{
    private static readonly SocketsHttpHandler Pool = new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // Long enough for a scan, short enough to follow a change of DNS in a warm function.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    public static readonly Connections Plain = new(new HttpClient(Pool, disposeHandler: false), "plain");
    public static readonly Connections S3 = new(new HttpClient(new RootElementCheck(Pool), disposeHandler: false), "s3");

    private readonly HttpClient _client;
    private readonly string _name;

    /// <summary>For a few calls on which our clock is compared with AWS's.</summary>
    public static (Connections Connections, SkewMeter Meter) Measuring(TimeProvider clock)
    {
        var meter = new SkewMeter(Pool, clock);
        return (new Connections(new HttpClient(meter, disposeHandler: false), "measuring"), meter);
    }

    private Connections(HttpClient client, string name)
    {
        // ApiCaller's limit is the one that counts.
        client.Timeout = Timeout.InfiniteTimeSpan;
        _client = client;
        _name = name;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public override string GetConfigUniqueString(IClientConfig clientConfig) => _name;
}
