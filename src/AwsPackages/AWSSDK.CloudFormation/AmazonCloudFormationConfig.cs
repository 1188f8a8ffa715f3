using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation;

public class AmazonCloudFormationConfig : ClientConfig
{
    public AmazonCloudFormationConfig()
        : base(DefaultModes.Provider())
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "cloudformation";
        EndpointProvider = new RegionalEndpoints("cloudformation", govCloudIsFips: false);
    }

    public static new string ServiceId => "CloudFormation";

    public override string RegionEndpointServiceName => "cloudformation";

    public override string ServiceVersion => "2010-05-15";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, EditionVersion.Text);

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
