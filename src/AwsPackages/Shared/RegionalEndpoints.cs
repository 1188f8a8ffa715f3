using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace PostureScanner.AwsPackages;

/// <summary>
/// The endpoint rules that the services here share: a custom endpoint as it is, else <c>prefix[-fips].region.suffix</c> of the partition.
/// </summary>
/// <param name="prefix">The first label of the host name.</param>
/// <param name="govCloudIsFips">Whether GovCloud's dual-stack endpoints have no <c>-fips</c> either; its IPv4 ones never have.</param>
internal sealed class RegionalEndpoints(string prefix, bool govCloudIsFips) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string { Length: > 0 } custom)
        {
            return fips || dualStack
                ? throw new AmazonClientException("Invalid Configuration: FIPS or dual-stack and a custom endpoint are not supported together.")
                : new Endpoint(custom);
        }

        if (parameters["Region"] is not string { Length: > 0 } region)
            throw new AmazonClientException("Invalid Configuration: Missing Region");

        var partition = Fn.Partition(region);
        if (fips && !partition.supportsFIPS)
            throw new AmazonClientException($"FIPS is enabled but partition {partition.name} does not support FIPS.");
        if (dualStack && !partition.supportsDualStack)
            throw new AmazonClientException($"Dual-stack is enabled but partition {partition.name} does not support dual-stack.");

        var plainGov = string.Equals(partition.name, "aws-us-gov", StringComparison.Ordinal) && (govCloudIsFips || !dualStack);
        var host = fips && !plainGov ? prefix + "-fips" : prefix;
        return new Endpoint($"https://{host}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }
}
