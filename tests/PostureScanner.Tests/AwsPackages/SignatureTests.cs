using System.Reflection;
using Amazon.CloudFormation;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.SimpleNotificationService;
using PostureScanner.Tests.Architecture;

namespace PostureScanner.Tests.AwsPackages;

/// <summary>Our editions may have less than the official packages, never anything else.</summary>
public sealed class SignatureTests
{
    private static readonly Assembly[] Editions =
        [typeof(AmazonCloudWatchClient).Assembly, typeof(AmazonSimpleNotificationServiceClient).Assembly, typeof(AmazonCloudFormationClient).Assembly, typeof(AmazonEC2Client).Assembly];

    [TestCaseSource(nameof(Editions))]
    public void Every_public_member_is_one_of_the_official_package(Assembly edition)
    {
        var name = edition.GetName().Name!;
        var noted = File.ReadLines(SourceTree.Path("tests", "PostureScanner.Tests", "AwsPackages", "Signatures", name + ".txt"))
            .Where(line => !line.StartsWith('#'))
            .ToHashSet(StringComparer.Ordinal);

        var ours = edition.GetExportedTypes().SelectMany(Signatures.Of).ToList();

        Assert.That(ours, Is.Not.Empty);
        Assert.That(ours.Where(signature => !noted.Contains(signature)), Is.Empty);
    }

    [TestCaseSource(nameof(Editions))]
    public void The_assembly_has_the_official_name_and_version(Assembly edition) =>
        Assert.That(edition.GetName().Version, Is.EqualTo(new Version(4, 0, 0, 0)), edition.GetName().Name);
}
