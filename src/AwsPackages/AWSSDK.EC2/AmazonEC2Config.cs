using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using PostureScanner.AwsPackages;

namespace Amazon.EC2;

public class AmazonEC2Config : ClientConfig
{
    public AmazonEC2Config()
        : base(DefaultModes.Provider())
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "ec2";
        EndpointProvider = new RegionalEndpoints("ec2", govCloudIsFips: false);
    }

    public static new string ServiceId => "EC2";

    public override string RegionEndpointServiceName => "ec2";

    public override string ServiceVersion => "2016-11-15";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, EditionVersion.Text);

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Resolve(this, parameters);
}
