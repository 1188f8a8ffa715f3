using Amazon.Runtime.Internal;

namespace PostureScanner.AwsPackages;

/// <summary>The service's id, for telemetry and client-side monitoring.</summary>
internal sealed class ServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
