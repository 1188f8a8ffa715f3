using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>Resources with everything configured, so that reading them needs every call there is.</summary>
internal static class RichEstate
{
    public static string KeyOf(string resource) => $"key-of-{resource}";

    public static string StackOf(string resource) => $"stack-of-{resource}";

    public static string CopyOf(string resource) => $"{resource}-copy";

    public static Estate AddRich(this Estate estate, string kind, string name) => kind == AwsTest.Table ? estate.AddRichTable(name) : estate.AddRichBucket(name);

    public static Estate AddRichTable(this Estate estate, string name) => estate
        .AddKey(new KeySpec(KeyOf(name)))
        .AddTable(new TableSpec(name) { Key = KeyOf(name), Pitr = PitrSpec.On, Tags = AwsTest.Tags(("owner", "team-a")) })
        .AddRichStack(name, StackResourceSpec.Table(name));

    /// <summary>Its copy stands in another account, so that nobody has listed it, but everyone may read it.</summary>
    public static Estate AddRichBucket(this Estate estate, string name) => estate
        .AddKey(new KeySpec(KeyOf(name)))
        .AddBucket(new BucketSpec(CopyOf(name)) { Account = AwsTest.OtherAccount, Region = AwsTest.Away, Versioning = "enabled", ReadableBy = [AwsTest.Account] })
        .AddBucket(new BucketSpec(name)
        {
            Key = KeyOf(name),
            Versioning = "enabled",
            Replication = [new ReplicationRuleSpec(CopyOf(name))],
            Lifecycle = [new LifecycleRuleSpec { Expire = AwsTest.Days(30) }],
            ObjectLock = new ObjectLockSpec { Mode = "GOVERNANCE", Days = 1 },
            Tags = AwsTest.Tags(("owner", "team-a")),
        })
        .AddRichStack(name, StackResourceSpec.Bucket(name));

    /// <summary>One stack owns the resource and its key.</summary>
    private static Estate AddRichStack(this Estate estate, string name, StackResourceSpec resource) => estate.AddStack(new StackSpec(StackOf(name))
    {
        TerminationProtection = true,
        Template = """{ "Resources": { "Data": { "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain" }, "Key": { "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain" } } }""",
        Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["Data"] = resource, ["Key"] = StackResourceSpec.Key(KeyOf(name)) },
    });
}
