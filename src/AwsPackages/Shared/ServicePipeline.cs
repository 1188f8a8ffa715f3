using Amazon.Runtime.Internal;

namespace PostureScanner.AwsPackages;

internal static class ServicePipeline
{
    /// <summary>Core's pipeline knows neither where a service is nor how it is signed for.</summary>
    public static void Complete(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4());
    }
}
