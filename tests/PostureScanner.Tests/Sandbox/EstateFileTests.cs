using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Sandbox;

internal sealed class EstateFileTests
{
    private const string Head = """
        accounts: [{ id: '111122223333' }]
        regions: [{ name: eu-west-1 }]
        keys: [{ id: key-1, alias: orders }]

        """;

    [TestCase("tabels: []", "e.yaml:4:1: unknown key \"tabels\", did you mean \"tables\"?")]
    [TestCase("tables:\n  - { name: a, pitr: maybe }", "e.yaml:5:22: \"pitr\" is on or off, not maybe")]
    [TestCase("tables:\n  - { name: a, pitr: { recovery-period: 36d } }", "e.yaml:5:41: \"recovery-period\" is 1d to 35d")]
    [TestCase("tables:\n  - { name: a, created: yesterday }", "e.yaml:5:25: \"created\" must be a span such as 400d, 3h, 5m or 30s, not yesterday")]
    [TestCase("tables:\n  - { name: a, deletion-protetcion: true }", "e.yaml:5:16: unknown key \"deletion-protetcion\", did you mean \"deletion-protection\"?")]
    [TestCase("tables:\n  - { name: a, region: eu-west-2 }", "e.yaml:5:24: there is no region eu-west-2 in this estate, did you mean \"eu-west-1\"?")]
    [TestCase("tables:\n  - { name: a, key: invoices }", "e.yaml:5:21: there is no key invoices in this estate")]
    [TestCase("tables:\n  - { created: 3d }", "e.yaml:5:5: \"name\" is required")]
    [TestCase("tables:\n  - { name: a }\n  - { name: a }", "e.yaml:6:13: there is already a a here")]
    [TestCase("tables: 3", "e.yaml:4:9: \"tables\" must be a list")]
    [TestCase("buckets:\n  - { name: b, versioning: Enabled }", "e.yaml:5:28: \"versioning\" is enabled, suspended or off, not Enabled, did you mean \"enabled\"?")]
    [TestCase("buckets:\n  - { name: b, public-access-block: [BlockPublicAcl] }", "e.yaml:5:37: there is no setting BlockPublicAcl, did you mean \"BlockPublicAcls\"?")]
    [TestCase("buckets:\n  - { name: b, account: '999999999999' }", "e.yaml:5:25: there is no account 999999999999 in this estate")]
    [TestCase("buckets:\n  - { name: b, replication: [{ prefix: x }] }", "e.yaml:5:30: \"to\" is required")]
    [TestCase("stacks:\n  - { name: s, resources: { T: { table: a } } }", "e.yaml:5:41: there is no table a in this estate")]
    [TestCase("buckets: [{ name: docs }]\nstacks:\n  - { name: s, resources: { B: { bucket: doc } } }", "e.yaml:6:42: there is no bucket doc in this estate, did you mean \"docs\"?")]
    [TestCase("stacks:\n  - { name: s, resources: { R: { type: AWS::IAM::Role } } }", "e.yaml:5:32: \"id\" is required")]
    [TestCase("stacks:\n  - { name: s, tempalte: x }", "e.yaml:5:16: unknown key \"tempalte\", did you mean \"template\"?")]
    public void A_mistake_is_told_with_its_place(string rest, string problem) =>
        Assert.That(() => Estate.Parse(Head + rest, "e.yaml"), Throws.InstanceOf<EstateException>().With.Property("Problems").EqualTo(new[] { problem }));

    [Test]
    public void All_mistakes_are_told_at_once() => Assert.That(
        () => Estate.Parse(Head + "tables: [{ name: a, items: many, bytes: few }]\nfoo: 1", "e.yaml"),
        Throws.InstanceOf<EstateException>().With.Property("Problems").Count.EqualTo(3));

    [Test]
    public void A_file_that_is_not_YAML_says_where() => Assert.That(
        () => Estate.Parse("accounts: [\n", "e.yaml"), Throws.InstanceOf<EstateException>().With.Message.StartsWith("e.yaml:2:"));

    [Test]
    public void A_key_twice_in_a_mapping_is_a_mistake() => Assert.That(
        () => Estate.Parse(Head + "tables: []\ntables: []", "e.yaml"), Throws.InstanceOf<EstateException>().With.Message.StartsWith("e.yaml:5:"));

    [Test]
    public void An_estate_has_an_account_and_a_region() => Assert.That(
        () => Estate.Parse("tables: []", "e.yaml"), Throws.InstanceOf<EstateException>().With.Property("Problems").Count.EqualTo(2));

    [Test]
    public async Task Ages_count_from_the_servers_clock_and_stay_where_they_are()
    {
        var clock = new ManualClock();
        clock.Pass(TimeSpan.FromDays(-1000));
        await using var sandbox = await SandboxServer.StartAsync(Estate.Parse(Head + "tables: [{ name: a, created: 10d, tags: { day: ago(1d) } }]", "e.yaml"), new SandboxOptions { Clock = clock });
        using var dynamo = sandbox.DynamoDb();

        var created = (await dynamo.DescribeTableAsync("a")).Table.CreationDateTime!.Value.ToUniversalTime();
        clock.Pass(TimeSpan.FromHours(1));

        Assert.That(created, Is.EqualTo(clock.Now.AddHours(-1).AddDays(-10).UtcDateTime));
        Assert.That((await dynamo.DescribeTableAsync("a")).Table.CreationDateTime!.Value.ToUniversalTime(), Is.EqualTo(created));
    }

    [Test]
    public void An_estate_refuses_what_it_cannot_hold()
    {
        var estate = Estate.Empty().AddTable(new TableSpec("a"));

        Assert.Multiple(() =>
        {
            Assert.That(() => estate.AddTable(new TableSpec("a")), Throws.InstanceOf<EstateException>());
            Assert.That(() => estate.AddTable(new TableSpec("b") { Region = "eu-north-1" }), Throws.InstanceOf<EstateException>());
            Assert.That(() => estate.AddTable(new TableSpec("b") { Key = "none" }), Throws.InstanceOf<EstateException>());
            Assert.That(() => estate.RemoveTable("b"), Throws.InstanceOf<EstateException>());
            Assert.That(() => estate.ChangeBucket(new BucketSpec("b")), Throws.InstanceOf<EstateException>());
        });
    }
}
