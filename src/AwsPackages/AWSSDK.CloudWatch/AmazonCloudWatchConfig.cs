using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using PostureScanner.AwsPackages;

namespace Amazon.CloudWatch;

public class AmazonCloudWatchConfig : ClientConfig
{
    public AmazonCloudWatchConfig()
        : base(DefaultModes.Provider())
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "monitoring";
        EndpointProvider = new RegionalEndpoints("monitoring", govCloudIsFips: true);
    }

    public static new string ServiceId => "CloudWatch";

    public override string RegionEndpointServiceName => "monitoring";

    public override string ServiceVersion => "2010-08-01";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, EditionVersion.Text);

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
