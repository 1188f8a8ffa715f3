using Amazon.DynamoDBv2.Model;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class DemoEstateTests
{
    private static readonly string[] Systems = ["budgetbuddy", "intelligent-docs", "mirror-dissonance", "notes-app", "print-on-demand"];

    [Test]
    public async Task Every_system_has_tables_and_buckets()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Demo());
        using var dynamo = sandbox.DynamoDb();
        using var s3 = sandbox.S3();

        var ofTables = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var table in sandbox.Estate.Tables.Where(table => table.Region == Clients.Home))
        {
            var arn = $"arn:aws:dynamodb:{table.Region}:{table.Account}:table/{table.Name}";
            ofTables.Add((await dynamo.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn })).Tags.Single(tag => tag.Key == "system").Value);
        }

        var ofBuckets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var bucket in sandbox.Estate.Buckets.Where(bucket => bucket.Region == Clients.Home))
            ofBuckets.Add((await s3.GetBucketTaggingAsync(new() { BucketName = bucket.Name })).TagSet.Single(tag => tag.Key == "system").Value);

        Assert.That(ofTables, Is.EqualTo(Systems));
        Assert.That(ofBuckets, Is.EqualTo(Systems));
    }

    [Test]
    public void The_drift_fits_the_estate_and_every_step_is_a_sentence()
    {
        var estate = Estate.Demo();
        var drift = EstateDrift.Demo();

        estate.Apply(drift);

        Assert.That(drift.Steps, Has.All.EndWith("."));
        Assert.That(estate.Tables.Select(table => table.Name), Has.No.Member("budgetbuddy-staging-sessions"));
        Assert.That(estate.Buckets.Select(bucket => bucket.Name), Has.Member("printapp-prod-green"));
    }

    [Test]
    public async Task A_replicas_key_stands_in_the_destinations_region()
    {
        await using var sandbox = await SandboxServer.StartAsync(Estate.Demo());
        using var s3 = sandbox.S3();

        var rule = (await s3.GetBucketReplicationAsync(new() { BucketName = "budgetbuddy-statements" })).Configuration.Rules.Single();

        Assert.That(rule.Destination.EncryptionConfiguration.ReplicaKmsKeyID, Does.StartWith($"arn:aws:kms:{Clients.Away}:"));
    }
}
