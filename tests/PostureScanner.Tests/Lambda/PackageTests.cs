using PostureScanner.Tests.Architecture;

namespace PostureScanner.Tests.Lambda;

/// <summary>What is deployed: it is unpacked at every cold start.</summary>
public sealed class PackageTests
{
    [Test]
    public void It_holds_the_scanner_and_what_that_needs_and_neither_the_sandbox_nor_a_web_server() =>
        Assert.That(
            Directory.EnumerateFiles(PublishedFunction.Folder).Select(Path.GetFileName).Where(name => !name!.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Is.EqualTo(new[]
            {
                "AWSSDK.CloudFormation.dll",
                "AWSSDK.CloudWatch.dll",
                "AWSSDK.Core.dll",
                "AWSSDK.DynamoDBv2.dll",
                "AWSSDK.EC2.dll",
                "AWSSDK.KeyManagementService.dll",
                "AWSSDK.S3.dll",
                "AWSSDK.SSO.dll",
                "AWSSDK.SSOOIDC.dll",
                "AWSSDK.SecretsManager.dll",
                "AWSSDK.SecurityToken.dll",
                "AWSSDK.SimpleNotificationService.dll",
                "Amazon.Lambda.Core.dll",
                "Amazon.Lambda.RuntimeSupport.dll",
                "Amazon.Lambda.Serialization.SystemTextJson.dll",
                "PostureScanner.Aws.dll",
                "PostureScanner.Core.dll",
                "PostureScanner.Lambda.deps.json",
                "PostureScanner.Lambda.dll",
                "PostureScanner.Lambda.runtimeconfig.json",
                "YamlDotNet.dll",
            }));

    [Test]
    public void It_runs_on_the_platform_alone()
    {
        var platform = File.ReadAllText(Path.Combine(PublishedFunction.Folder, "PostureScanner.Lambda.runtimeconfig.json"));
        Assert.That(platform, Does.Contain("Microsoft.NETCore.App").And.Not.Contain("AspNetCore"));
        Assert.That(platform, Does.Contain("\"System.Globalization.Invariant\": true").And.Contain("\"System.GC.HeapHardLimitPercent\": 75"));
    }

    [Test]
    public void The_shipped_policies_travel_in_it() =>
        Assert.That(FilesBelow(Path.Combine(PublishedFunction.Folder, "policies")), Is.Not.Empty.And.EqualTo(FilesBelow(SourceTree.Path("policies"))));

    private static IEnumerable<string> FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
}
