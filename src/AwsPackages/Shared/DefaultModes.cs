using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace PostureScanner.AwsPackages;

/// <summary>The SDK's default modes (<c>AWS_DEFAULTS_MODE</c>), with the timeouts that AWS publishes for all its SDKs.</summary>
internal static class DefaultModes
{
    public static DefaultConfigurationProvider Provider() => new(
    [
        Mode(DefaultConfigurationMode.Standard, 3.1),
        Mode(DefaultConfigurationMode.InRegion, 1.1),
        Mode(DefaultConfigurationMode.CrossRegion, 3.1),
        Mode(DefaultConfigurationMode.Mobile, 30),
        // Auto: Core asks where it runs, and takes InRegion's limits where it cannot tell.
        Mode(DefaultConfigurationMode.Auto, 1.1),
    ]);

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, double seconds) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = TimeSpan.FromSeconds(seconds),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(seconds),
        TimeToFirstByteTimeout = null,
        HttpRequestTimeout = null,
    };
}
