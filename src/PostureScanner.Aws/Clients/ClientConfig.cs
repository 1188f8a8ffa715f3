using Amazon;
using Amazon.S3;

namespace PostureScanner.Aws.Clients;

/// <summary>How every SDK client is set up. Endpoints come from the SDK's own settings, <c>AWS_ENDPOINT_URL</c> included.</summary>
internal static class ClientConfig
{
    public static T For<T>(T config, string region, Uri? endpoint)
        where T : Amazon.Runtime.ClientConfig
    {
        config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (endpoint is not null)
            config.ServiceURL = endpoint.ToString();
        // With an endpoint of its own the SDK would sign for the region it guesses from the host's name, and that is always us-east-1.
        if (config.ServiceURL is not null)
            config.AuthenticationRegion = region;

        // Repeating is ApiCaller's work; the SDK would also resend by itself, and uncounted, where a connection breaks.
        config.MaxErrorRetry = 0;
        config.MaxStaleConnectionRetries = 0;
        config.HttpClientFactory = Connections.Plain;
        return config;
    }

    public static AmazonS3Config ForS3(string region, Uri? endpoint)
    {
        var config = For(new AmazonS3Config(), region, endpoint);
        config.HttpClientFactory = Connections.S3;
        // Emulators have one host name; "my.bucket.127.0.0.1" is nobody's.
        config.ForcePathStyle = config.ServiceURL is not null;
        return config;
    }
}
