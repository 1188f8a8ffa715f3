using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.DynamoDbTables;

internal sealed class TableRowsTests : AwsTest
{
    private const string Key = "0b1f0a4e-0000-4000-8000-000000000001";

    private static readonly TableSpec Orders = new("orders");

    /// <summary>Every row of the fact table, in its order.</summary>
    public static IEnumerable<FactCase> Cases =>
    [
        Row("table.id", Scanned.Absent, "an emulator gives none", Orders) with { Saying = FactCase.Without("TableId") },
        Row("table.status", "ACTIVE", "nothing is going on", Orders),
        Row("table.status", "INACCESSIBLE_ENCRYPTION_CREDENTIALS", "the key is lost", Orders with { Status = "INACCESSIBLE_ENCRYPTION_CREDENTIALS" }),
        Row("table.created", "ago(40d)", "it is forty days old", Orders with { Created = Days(40) }),
        Row("table.created", Scanned.Absent, "it is still being created", Orders) with { Saying = FactCase.Without("CreationDateTime") },
        Row("table.age", "40d", "it is forty days old", Orders with { Created = Days(40) }),
        Row("table.age", "0s", "AWS's clock is ahead of ours", Orders with { Created = Days(-1) }),
        Row("table.age", Scanned.Absent, "it is still being created", Orders) with { Saying = FactCase.Without("CreationDateTime") },
        Row("table.items", "5000000000", "it holds more than an int counts", Orders with { Items = 5_000_000_000 }),
        Row("table.size-bytes", "1024", "it holds a kilobyte", Orders with { Bytes = 1024 }),
        Row("table.class", "STANDARD", "no class was ever chosen", Orders),
        Row("table.class", "STANDARD_INFREQUENT_ACCESS", "it is rarely read", Orders with { Class = "STANDARD_INFREQUENT_ACCESS" }),
        Row("deletion-protection.enabled", "true", "it is on", Orders with { DeletionProtection = true }),
        Row("deletion-protection.enabled", "false", "nothing was said", Orders),
        Row("deletion-protection.enabled", "false", "AWS does not mention it", Orders) with { Saying = FactCase.Without("DeletionProtectionEnabled") },

        Row("encryption.key-kind", "aws-owned", "nothing was said", Orders),
        Row("encryption.key-kind", "aws-managed", "it is AWS's own for DynamoDB", Orders with { Key = "aws-managed" }),
        Keyed("encryption.key-kind", "customer-managed", "it is the customer's", new KeySpec(Key)),
        Row("encryption.key-kind", "customer-managed", "the key no longer exists", Orders with { Key = $"arn:aws:kms:{Home}:{Account}:key/{Key}" }),
        Keyed("encryption.key-state", "Enabled", "the key is fine", new KeySpec(Key)),
        Keyed("encryption.key-state", "PendingDeletion", "somebody tidied up", new KeySpec(Key) { DeletesIn = Days(12) }),
        Row("encryption.key-state", Scanned.Absent, "the key is AWS's own", Orders),
        Row("encryption.key-state", "gone", "the key no longer exists", Orders with { Key = $"arn:aws:kms:{Home}:{Account}:key/{Key}" }),
        Keyed("encryption.key-deletion-in", "12d", "somebody tidied up", new KeySpec(Key) { DeletesIn = Days(12) }),
        Keyed("encryption.key-deletion-in", Scanned.Absent, "the key is fine", new KeySpec(Key)),
        Keyed("encryption.key-multi-region", "true", "the key may go to other regions", new KeySpec(Key) { MultiRegion = "primary" }),
        Keyed("encryption.key-multi-region", "false", "the key belongs to one region", new KeySpec(Key)),
        Row("encryption.key-multi-region", Scanned.Absent, "the key is AWS's own", Orders),

        Row("replication.regions", $"[{Away}]", "it has a replica there", Replicated()),
        Row("replication.regions", Scanned.Absent, "it stands alone", Orders),
        Row("replication.status", "ACTIVE", "the replica is fine", Replicated()),
        Row("replication.status", "REGION_DISABLED", "the replica's region is switched off", Replicated("REGION_DISABLED")),
        Row("replication.status", Scanned.Absent, "it stands alone", Orders),
        Row("replication.consistency", "EVENTUAL", "nothing was said", Replicated()),
        Row("replication.consistency", "STRONG", "the regions agree before they answer", Replicated() with { Consistency = "STRONG" }),
        Row("replication.consistency", Scanned.Absent, "it stands alone", Orders),

        Row("pitr.enabled", "true", "it is on", Orders with { Pitr = PitrSpec.On }),
        Row("pitr.enabled", "false", "only ContinuousBackupsStatus is ENABLED", Orders),
        Row("pitr.recovery-period", "7d", "seven days are enough", Orders with { Pitr = new PitrSpec { RecoveryPeriodInDays = 7 } }),
        Row("pitr.recovery-period", Scanned.Absent, "recovery is off", Orders),
        Row("pitr.earliest-restorable", "ago(3d)", "recovery was switched on three days ago", Orders with { Created = Days(40), Pitr = new PitrSpec { Since = Days(3) } }),
        Row("pitr.earliest-restorable", Scanned.Absent, "recovery is off", Orders),
        Row("pitr.latest-restorable", "ago(5m)", "it follows closely", Orders with { Created = Days(40), Pitr = PitrSpec.On }),
        Row("pitr.latest-restorable", Scanned.Absent, "recovery is off", Orders),
        Row("pitr.earliest-restorable-age", "35d", "it was on for long", Orders with { Created = Days(400), Pitr = PitrSpec.On }),
        Row("pitr.earliest-restorable-age", Scanned.Absent, "recovery is off", Orders),
        Row("pitr.latest-restorable-age", "1h", "the newest point lags", Orders with { Created = Days(40), Pitr = new PitrSpec { Latest = TimeSpan.FromHours(1) } }),
        Row("pitr.latest-restorable-age", Scanned.Absent, "recovery is off", Orders),
        Row("pitr.window", "2d 23h", "recovery was switched on three days ago", Orders with { Created = Days(40), Pitr = new PitrSpec { Since = Days(3), Latest = TimeSpan.FromHours(1) } }),
        Row("pitr.window", Scanned.Absent, "recovery is off", Orders),
        Row("pitr.window-shortfall", "0s", "everything promised can be restored", Orders with { Created = Days(400), Pitr = PitrSpec.On }),
        Row("pitr.window-shortfall", "0s", "the table is younger than the promise", Orders with { Created = Days(3), Pitr = PitrSpec.On }),
        Row("pitr.window-shortfall", "32d", "recovery was off until three days ago", Orders with { Created = Days(400), Pitr = new PitrSpec { Since = Days(3) } }),
        Row("pitr.window-shortfall", "4d", "recovery was off for the table's first four days", Orders with { Created = Days(7), Pitr = new PitrSpec { Since = Days(3) } }),
        Row("pitr.window-shortfall", Scanned.Absent, "recovery is off", Orders),

        Row("tags.owner", "team-a", "it is tagged", Orders with { Tags = Tags(("owner", "team-a")) }),
        Row("tags.owner", "\"\"", "the tag has no value", Orders with { Tags = Tags(("owner", "")) }),
        Row("tags.owner", Scanned.Absent, "it has other tags", Orders with { Tags = Tags(("Owner", "team-a")) }),
        Row("tags.owner", Scanned.Absent, "it has no tags", Orders),
        Row("tags.owner", "team-a", "the tag stands on the second page", Orders with { Tags = Tags([.. Enumerable.Range(0, 12).Select(i => ($"a{i}", "team-b")), ("owner", "team-a")]) }),
    ];

    [TestCaseSource(nameof(Cases))]
    public async Task A_table_says_that(FactCase fact) =>
        Assert.That(await fact.ReadAsync(Sandbox, AtHome, Orders.Name), Is.EqualTo(fact.ExpectedAt(Clock.Now)));

    [Test]
    public async Task A_table_dropped_and_created_again_has_another_id()
    {
        Estate.AddTable(Orders);
        var before = (await Reader.ReadAsync("table.id"))["orders", "table.id"];
        Estate.RemoveTable("orders").AddTable(Orders);
        var after = (await Reader.ReadAsync("table.id"))["orders", "table.id"];
        Assert.That(before, Is.Not.EqualTo(after).And.Matches("^[0-9a-f-]{36}$"));
    }

    [TestCase("DELETING", "CREATION_FAILED", "UPDATING", ExpectedResult = "CREATION_FAILED")]
    [TestCase("ACTIVE", "UPDATING", "ACTIVE", ExpectedResult = "UPDATING")]
    [TestCase("ARCHIVED", "CREATION_FAILED", "ADDED_BY_AWS_LATER", ExpectedResult = "ADDED_BY_AWS_LATER")]
    public async Task<string> Of_several_replicas_the_worst_decides(params string[] states)
    {
        var others = string.Concat(states.Select((state, i) => $$"""{"RegionName":"us-west-{{i}}","ReplicaStatus":"{{state}}"},"""));
        return await ReadReplicatedAsync("replication.status", body => body.Replace("\"Replicas\":[", "\"Replicas\":[" + others, StringComparison.Ordinal));
    }

    [Test]
    public async Task A_table_that_AWS_names_among_its_own_replicas_still_stands_alone() =>
        Assert.That(await ReadReplicatedAsync("replication.regions", body => body.Replace($"\"RegionName\":\"{Away}\"", $"\"RegionName\":\"{Home}\"", StringComparison.Ordinal)), Is.EqualTo(Scanned.Absent));

    [Test]
    public async Task Tags_that_no_policy_names_are_seen_all_the_same()
    {
        Estate.AddTable(Orders with { Tags = Tags(("Owner", "team-a")) });
        Assert.That((await Reader.ReadAsync("tags.owner")).SheetOf("orders").Members, Is.EqualTo(["tags.Owner"]));
    }

    [Test]
    public async Task Tags_whose_second_page_cannot_be_read_are_unknown()
    {
        Estate.AddTable(Orders with { Tags = Tags(Enumerable.Range(0, 12).Select(i => ($"a{i}", "team-a"))) });
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Request.Contains("NextToken", StringComparison.Ordinal) ? "{}" : call.Answer);
        Assert.That((await (Reader with { Endpoint = proxy.Url }).ReadAsync("tags.a0"))["orders", "tags.a0"], Is.EqualTo("unknown: dynamodb:ListTagsOfResource UnreadableAnswer"));
    }

    [Test]
    public async Task Tags_whose_pages_repeat_are_unknown()
    {
        Estate.AddTable(Orders);
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => call.Operation == "ListTagsOfResource" ? """{"Tags":[],"NextToken":"0"}""" : call.Answer);
        Assert.That((await (Reader with { Endpoint = proxy.Url }).ReadAsync("tags.owner"))["orders", "tags.owner"], Is.EqualTo("unknown: dynamodb:ListTagsOfResource UnreadableAnswer"));
    }

    // A replica is a table of its own in its own region; here one sheet is wanted.
    private Reader AtHome => Reader with { Regions = [Home] };

    private async Task<string> ReadReplicatedAsync(string fact, Func<string, string> rewrite)
    {
        Estate.AddTable(Replicated());
        await using var proxy = await Proxy.StartAsync(Sandbox.Url, call => rewrite(call.Answer));
        return (await (AtHome with { Endpoint = proxy.Url }).ReadAsync(fact))[Orders.Name, fact];
    }

    private static FactCase Row(string fact, string expected, string when, TableSpec table) => new(fact, expected, when, e => e.AddTable(table));

    private static FactCase Keyed(string fact, string expected, string when, KeySpec key) => new(fact, expected, when, e => e.AddKey(key).AddTable(Orders with { Key = key.Id }));

    private static TableSpec Replicated(string? status = null) => Orders with { Replicas = [new ReplicaSpec(Away) { Status = status }] };
}
