using System.Reflection;
using Amazon.CloudFormation;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.SecretsManager;
using Amazon.SimpleNotificationService;
using PostureScanner.Tests.Architecture;

namespace PostureScanner.Tests.AwsPackages;

/// <summary>Our editions may have less than the official packages, never anything else.</summary>
public sealed class SignatureTests
{
    private static readonly Assembly[] OfTheSdk =
    [
        typeof(AmazonCloudWatchClient).Assembly, typeof(AmazonSimpleNotificationServiceClient).Assembly, typeof(AmazonCloudFormationClient).Assembly,
        typeof(AmazonEC2Client).Assembly, typeof(AmazonSecretsManagerClient).Assembly,
    ];

    private static readonly Assembly[] OfLambda = [typeof(ILambdaContext).Assembly, typeof(LambdaBootstrap).Assembly, typeof(AbstractLambdaJsonSerializer).Assembly];

    private static IEnumerable<Assembly> Editions => OfTheSdk.Concat(OfLambda);

    [TestCaseSource(nameof(Editions))]
    public void Every_public_member_is_one_of_the_official_package(Assembly edition)
    {
        var name = edition.GetName().Name!;
        var noted = File.ReadLines(SourceTree.Path("tests", "PostureScanner.Tests", "AwsPackages", "Signatures", name + ".txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.TrimEnd())
            .ToHashSet(StringComparer.Ordinal);

        var ours = edition.GetExportedTypes().SelectMany(Signatures.Of).Select(line => line.TrimEnd()).ToList();

        Assert.That(ours, Is.Not.Empty);
        Assert.That(ours.Where(signature => !noted.Contains(signature)), Is.Empty);
    }

    [TestCaseSource(nameof(OfTheSdk))]
    public void The_assembly_has_the_official_name_and_version(Assembly edition) =>
        Assert.That(edition.GetName().Version, Is.EqualTo(new Version(4, 0, 0, 0)), edition.GetName().Name);
}
