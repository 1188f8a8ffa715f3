using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>People put secrets into templates.</summary>
public sealed class TemplateSecrecyTests
{
    private const string Secret = "hunter2";

    private static readonly string[] Templates =
    [
        $$"""{ "Description": "{{Secret}}", "Resources": { "Data": { "DeletionPolicy": "Delete", "Metadata": { "{{Secret}}": "{{Secret}}" }, "Properties": { "Password": "{{Secret}}" } } } }""",
        $"Resources:\n  Data: {{ DeletionPolicy: Delete, Properties: {{ Password: !Sub '{Secret}' }} }}",
        $"Resources: {{ Data: {{ DeletionPolicy: !Ref {Secret}, UpdateReplacePolicy: {{ Ref: {Secret} }} }} }}",
        $"Resources: {{ Data: {{ DeletionPolicy: 'my {Secret}' }} }}",
        $"Resources: {{ 'Fn::ForEach::{Secret}': [] }}",
        $"Resources: {{ {Secret}: {{}} }}",
        $$"""{ "{{Secret}}": {{Secret}} """,
        $"{Secret}: *{Secret}\n\t'{Secret}",
        Secret,
    ];

    [TestCaseSource(nameof(Templates))]
    public async Task Nothing_of_a_template_gets_out(string template)
    {
        var estate = Estate.Empty().AddBucket(new BucketSpec("data")).AddTable(new TableSpec("orders"));
        estate.AddStack(new StackSpec("shop")
        {
            Template = template,
            Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["Data"] = StackResourceSpec.Bucket("data"), ["Other"] = StackResourceSpec.Table("orders") },
        });
        await using var sandbox = await SandboxServer.StartAsync(estate);
        var state = Directory.CreateTempSubdirectory("posture-");
        try
        {
            foreach (var format in new[] { "json", "text" })
            {
                var run = await Posture.RunAsync(sandbox, "scan", "--regions", "eu-west-1", "--pace", "off", "--format", format, "--state", state.FullName);
                Assert.That(run.Out, Does.Contain("s3-retained").And.Not.Contain(Secret));
                Assert.That(run.Error, Does.Not.Contain(Secret));
            }

            var explained = await Posture.RunAsync(sandbox, "explain", "--resource", "arn:aws:s3:::data", "--regions", "eu-west-1");
            Assert.That(explained.Out, Does.Contain("retain.deletion-policy").And.Not.Contain(Secret));
            Assert.That(state.GetFiles("*", SearchOption.AllDirectories), Is.Not.Empty);
            foreach (var file in state.GetFiles("*", SearchOption.AllDirectories))
                Assert.That(await File.ReadAllTextAsync(file.FullName), Does.Not.Contain(Secret));
        }
        finally
        {
            state.Delete(recursive: true);
        }
    }
}
