using PostureScanner.Core.Facts;
using PostureScanner.Core.Scanning;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.DynamoDbTables;

/// <summary>One stack makes a global table in one region: its replicas elsewhere carry no tags of it, and live and die with it.</summary>
internal sealed class SiblingTests : AwsTest
{
    private const string Third = "us-east-1";
    private const string Deletion = "retain.deletion-policy";
    private const string Unread = "unknown: dynamodb:ListTagsOfResource ReplicaNotRead";

    private static readonly string[] Facts = [Deletion, "retain.update-replace-policy", "stack.name", "stack.termination-protection"];

    protected override Estate Founded => Estate.Empty(Account, Home, Away, Third);

    private static string ArnIn(string region) => $"arn:aws:dynamodb:{region}:{Account}:table/orders";

    [Test]
    public async Task A_replica_without_a_stack_takes_what_holds_for_its_sibling()
    {
        Furnish(Away).AddStack(Owning("shop") with { TerminationProtection = true });
        var away = SheetIn(Away, await Reader.ReadAsync(Facts));
        Assert.That(Scanned.Of(away).Values, Is.EqualTo(["Retain", "Delete", "shop", "true"]));
        Assert.That(away.Readings.Select(r => r.Reading.Origin!.Note), Is.All.EndsWith($"read of its replica in {Home}"));
        Assert.That(away.Readings.First().Reading.Origin!.Note, Does.StartWith("Orders in the stack shop; "));
    }

    [Test]
    public async Task A_stack_that_could_not_be_read_is_as_unknown_for_the_replica()
    {
        Furnish(Away).AddStack(Owning("shop"));
        Faults.Deny("cloudformation:GetTemplate");
        var away = Scanned.Of(SheetIn(Away, await Reader.ReadAsync(Facts)));
        Assert.That((away[Deletion], away["stack.name"]), Is.EqualTo(("unknown: cloudformation:GetTemplate AccessDenied", "shop")));
    }

    [Test]
    public async Task Where_no_sibling_has_a_stack_nobody_owns_any_of_them()
    {
        Furnish(Away);
        var scanned = await Reader.ReadAsync(Facts);
        Assert.That(scanned.Sheets.SelectMany(s => Scanned.Of(s).Values), Is.All.EqualTo(Scanned.Absent));
    }

    [Test]
    public async Task A_sibling_in_a_region_that_is_not_scanned_may_have_a_stack()
    {
        Furnish(Away);
        var reading = SheetIn(Home, await (Reader with { Regions = [Home] }).ReadAsync(Facts)).Readings.First().Reading;
        Assert.That(
            (reading.NotRead!.Code, reading.NotRead.Reason),
            Is.EqualTo(("ReplicaNotRead", $"it has no stack of its own, and a replica's may own it: that in {Away} is not scanned")));
    }

    [Test]
    public async Task A_sibling_whose_tags_are_denied_may_have_a_stack()
    {
        Furnish(Away).AddStack(Owning("shop"));
        Faults.Deny("dynamodb:ListTagsOfResource", region: Home);
        var reading = SheetIn(Away, await Reader.ReadAsync(Facts)).Readings.First().Reading;
        Assert.That(reading.NotRead!.Reason, Does.EndWith($": that in {Home} was not read (AccessDeniedException)"));
    }

    [Test]
    public async Task A_sibling_whose_region_cannot_be_listed_may_have_a_stack()
    {
        Furnish(Away).AddStack(Owning("shop"));
        Faults.Deny("dynamodb:ListTables", region: Home);
        var reading = SheetIn(Away, await Reader.ReadAsync(Facts)).Readings.First().Reading;
        Assert.That(reading.NotRead!.Reason, Does.EndWith($": that in {Home} was not listed"));
    }

    [Test]
    public async Task A_sibling_that_has_a_stack_decides_whatever_the_others_are()
    {
        Furnish(Away, Third).AddStack(Owning("shop"));
        Faults.Deny("dynamodb:ListTagsOfResource", region: Third);
        var scanned = await Reader.ReadAsync(Facts);
        Assert.That(Scanned.Of(SheetIn(Away, scanned))["stack.name"], Is.EqualTo("shop"));
    }

    [Test]
    public async Task A_siblings_deleted_stack_decides_nothing_while_another_is_not_known()
    {
        Furnish(Away, Third).AddStack(Owning("shop") with { Deleted = Days(1) });
        Assert.That(Scanned.Of(SheetIn(Away, await Reader.ReadAsync(Deletion)))[Deletion], Is.EqualTo(Unread));
        var scanned = await (Reader with { Regions = [Home, Away, Third] }).ReadAsync(Deletion);
        Assert.That(SheetIn(Away, scanned).Readings.Single().Reading, Has.Property("State").EqualTo(ReadingState.Absent).And.Property("Origin").Property("Note").EqualTo($"the stack shop was deleted and left it behind; read of its replica in {Home}"));
    }

    [Test]
    public async Task A_deleted_stack_yields_to_one_that_lives()
    {
        Furnish(Away, Third).AddStack(Owning("gone") with { Region = Away, Deleted = Days(1) }).AddStack(Owning("shop") with { Region = Third });
        var scanned = await (Reader with { Regions = [Home, Away, Third] }).ReadAsync("stack.name");
        Assert.That(Scanned.Of(SheetIn(Home, scanned))["stack.name"], Is.EqualTo("shop"));
    }

    [Test]
    public async Task A_table_of_the_same_name_that_is_no_replica_is_no_sibling()
    {
        Estate.AddTable(new TableSpec("orders")).AddStack(Owning("shop")).AddTable(new TableSpec("orders") { Region = Away });
        Assert.That(Scanned.Of(SheetIn(Away, await Reader.ReadAsync(Deletion)))[Deletion], Is.EqualTo(Scanned.Absent));
    }

    [Test]
    public async Task A_table_whose_replicas_could_not_be_read_may_have_a_siblings_stack()
    {
        Furnish(Away).AddStack(Owning("shop"));
        Faults.Deny("dynamodb:DescribeTable", region: Away);
        var scanned = await Reader.ReadAsync(Deletion);
        Assert.That(
            (Scanned.Of(SheetIn(Home, scanned))[Deletion], Scanned.Of(SheetIn(Away, scanned))[Deletion]),
            Is.EqualTo(("Retain", "unknown: dynamodb:DescribeTable AccessDeniedException")));
    }

    [Test]
    public async Task One_replica_alone_is_still_judged_by_its_siblings_and_nothing_else_is_asked()
    {
        Furnish(Away).AddStack(Owning("shop")).AddTable(new TableSpec("other"));
        var scanned = await (Reader with { Only = ArnIn(Away) }).ReadAsync(Facts);
        Assert.Multiple(() =>
        {
            Assert.That(Scanned.Of(scanned.Sheets.Single())["stack.name"], Is.EqualTo("shop"));
            Assert.That((Calls.Of("dynamodb:ListTagsOfResource", "orders"), Calls.Of("dynamodb:ListTagsOfResource", "other")), Is.EqualTo((2, 0)));
        });
    }

    [Test]
    public async Task Only_tables_with_replicas_and_no_stack_of_their_own_wait_for_the_others()
    {
        Furnish(Away).AddStack(Owning("shop")).AddTable(new TableSpec("plain"));
        Faults.Hang("dynamodb:ListTagsOfResource", "slow");
        Estate.AddTable(new TableSpec("slow"));
        using var stop = new CancellationTokenSource();
        var given = new List<string>();
        await (Reader with
        {
            Stop = stop.Token,
            Seen = item =>
            {
                if (item is not SourceItem.Read read)
                    return;
                lock (given)
                {
                    given.Add($"{read.Sheet.Resource.Name} {read.Sheet.Resource.Target.Region}");
                    if (given.Count == 2)
                        stop.Cancel();
                }
            },
        }).ReadAsync(Facts);
        Assert.That(given.Take(2), Is.EquivalentTo([$"orders {Home}", $"plain {Home}"]));
        Assert.That(given, Has.Count.EqualTo(4));
    }

    private Estate Furnish(params string[] replicas) => Estate.AddTable(new TableSpec("orders") { Replicas = [.. replicas.Select(r => new ReplicaSpec(r))] });

    private static StackSpec Owning(string name) => new(name)
    {
        Template = "Resources: { Orders: { Type: 'AWS::DynamoDB::GlobalTable', DeletionPolicy: Retain } }",
        Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["Orders"] = StackResourceSpec.GlobalTable("orders") },
    };

    private static Sheet SheetIn(string region, Scanned scanned) => scanned.Sheets.Single(s => s.Resource.Name == "orders" && s.Resource.Target.Region == region);
}
