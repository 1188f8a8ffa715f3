using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Aws.Sources.Stacks;

/// <summary>What holds for a table and its stack holds for a bucket and its stack, and for a key and its.</summary>
internal sealed class StackRowsTests : AwsTest
{
    private const string Thing = "thing";
    private const string Key = "0b1f0a4e-0000-4000-8000-000000000003";
    private const string Denied = "AccessDenied";
    private const string Describe = "cloudformation:DescribeStacks";
    private const string GetTemplate = "cloudformation:GetTemplate";
    private const string Retained = "Resources: { Data: { DeletionPolicy: Retain, UpdateReplacePolicy: Retain }, Key: { DeletionPolicy: Retain, UpdateReplacePolicy: Retain } }";

    private static readonly string[] Kinds = [Table, Bucket];
    private static readonly string[] StackFacts = ["stack.name", "stack.termination-protection"];
    private static readonly string[] RetainFacts = ["retain.deletion-policy", "retain.update-replace-policy"];
    private static readonly string[] KeyFacts = ["encryption.key-deletion-policy", "encryption.key-update-replace-policy"];

    private static IEnumerable<TestCaseData> AllCases => Kinds.SelectMany(kind => Cases(kind).Select(fact => new TestCaseData(kind, fact).SetArgDisplayNames(kind, $"{fact}")));

    private static IEnumerable<string> AllFacts => [.. RetainFacts, .. StackFacts, .. KeyFacts];

    /// <summary>Every row about stacks, for one kind.</summary>
    public static IEnumerable<FactCase> Cases(string kind)
    {
        foreach (var (policy, attribute) in RetainFacts.Zip(["DeletionPolicy", "UpdateReplacePolicy"]).Concat(KeyFacts.Zip(["DeletionPolicy", "UpdateReplacePolicy"])))
        {
            yield return Owned(policy, "Retain", "the template says so", Retained);
            yield return Owned(policy, "Retain", "the template is JSON", """{"Resources":{"Data":{"DeletionPolicy":"Retain","UpdateReplacePolicy":"Retain"},"Key":{"DeletionPolicy":"Retain","UpdateReplacePolicy":"Retain"}}}""");
            yield return Owned(policy, "RetainExceptOnCreate", "the template says so", Both($"{{ {attribute}: RetainExceptOnCreate, Properties: {{ Name: !Sub '${{A}}' }} }}"));
            yield return Owned(policy, "Snapshot", "the template says so", Both($"{{ {attribute}: Snapshot }}"));
            yield return Owned(policy, "Delete", "the template says nothing", Both("{ Type: X }"));
            yield return Owned(policy, Unreadable(GetTemplate), "the template says it by a function", Both($"{{ {attribute}: !Ref OnDelete }}"));
            yield return Owned(policy, Unreadable(GetTemplate), "a loop has still to make it", "Resources: { 'Fn::ForEach::All': [N, [a], {}] }");
            yield return Owned(policy, Unreadable(GetTemplate), "the template is none", "secret: [");
            yield return Owned(policy, Scanned.Absent, "the template no longer holds it", "Resources: { Other: { DeletionPolicy: Retain } }");
            yield return Owned(policy, "Retain", "the processed template says so", "Resources: { 'Fn::ForEach::All': [N, [a], {}] }", s => s with { Processed = Retained });
            yield return Owned(policy, "Retain", "a nested stack says so, whatever its root says", Retained, s => s with { Parent = "root" });
            foreach (var status in new[] { "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "IMPORT_IN_PROGRESS", "IMPORT_ROLLBACK_IN_PROGRESS" })
                yield return Owned(policy, Scanned.Unknown(Describe, "StackInProgress"), $"its stack is {status}", Retained, s => s with { Status = status });
            foreach (var status in new[] { "CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "DELETE_FAILED", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED" })
                yield return Owned(policy, "Retain", $"its stack is {status}", Retained, s => s with { Status = status });
            yield return Owned(policy, Scanned.Unknown(GetTemplate, Denied), "the template is denied", Retained) with { But = f => f.Deny(GetTemplate) };
        }

        yield return Owned("stack.name", "shop", "a stack made it", Retained);
        yield return Owned("stack.name", "shop", "its stack is being updated", Retained, s => s with { Status = "UPDATE_IN_PROGRESS" });
        yield return Owned("stack.name", "shop", "the template is denied", Retained) with { But = f => f.Deny(GetTemplate) };
        yield return Owned("stack.name", "shop", "its stack is nested", Retained, s => s with { Parent = "root" });
        yield return Owned("stack.termination-protection", "true", "it is on", Retained, s => s with { TerminationProtection = true });
        yield return Owned("stack.termination-protection", "false", "nothing was said", Retained);
        yield return Owned("stack.termination-protection", "true", "it is on at the root", Retained, s => s with { Parent = "root" });
        yield return Owned("stack.termination-protection", "false", "it is on where nobody heeds it", Retained, s => s with { Parent = "careless-root", TerminationProtection = true });
        yield return Owned("stack.termination-protection", Scanned.Unknown(Describe, Denied), "the root is denied", Retained, s => s with { Parent = "root" }) with { But = f => f.Deny(Describe, "root") };

        foreach (var fact in AllFacts)
        {
            yield return new(fact, Scanned.Absent, "no stack owns it", e => Add(e, kind));
            yield return Owned(fact, Scanned.Absent, "its stack was deleted", Retained, s => s with { Deleted = Days(3) });
            yield return Owned(fact, Scanned.Absent, "its stack was deleted and is forgotten", Retained, s => s with { Deleted = Days(91) });
            yield return Owned(fact, Scanned.Unknown(Describe, Denied), "stacks are denied", Retained) with { But = f => f.Deny(Describe) };
            yield return Owned(fact, Scanned.Unknown(Describe, "ValidationError"), "CloudFormation finds the request wrong", Retained) with { But = f => f.Fail(Describe, 400, "ValidationError") };
        }

        var tags = kind == Table ? "dynamodb:ListTagsOfResource" : "s3:GetBucketTagging";
        foreach (var fact in RetainFacts.Concat(StackFacts))
        {
            yield return Owned(fact, Scanned.Unknown(tags, kind == Table ? "AccessDeniedException" : Denied), "tags are denied", Retained) with { But = f => f.Deny(tags) };
            yield return new(fact, Unreadable(tags), "the stack's id makes no sense", e => Add(e, kind, ("stack-id", "shop"), ("logical-id", "Data")));
            yield return new(fact, Unreadable(tags), "the stack's region is none", e => Add(e, kind, ("stack-id", "arn:aws:cloudformation:evil.example/x:1:stack/shop/1"), ("logical-id", "Data")));
            yield return new(fact, Unreadable(tags), "its logical id is missing", e => Add(e, kind, ("stack-id", $"arn:aws:cloudformation:{Home}:{Account}:stack/shop/1")));
        }

        foreach (var fact in KeyFacts)
        {
            yield return Owned(fact, Scanned.Unknown("kms:ListResourceTags", "AccessDeniedException"), "the key's tags are denied", Retained) with { But = f => f.Deny("kms:ListResourceTags") };
            yield return Owned(fact, "Retain", "the key's own tags fill a page", Retained) with { Given = e => Crowded(Of(kind, e, new StackSpec("shop") { Template = Retained })) };
            yield return new(fact, Scanned.Absent, "the key is AWS's own", e => Add(e, kind, key: null));
            yield return new(fact, Scanned.Absent, "the key is gone", e => Add(e, kind, $"arn:aws:kms:{Home}:{Account}:key/{Key}"));
            yield return new(fact, Unreadable("kms:ListResourceTags"), "the stack's id makes no sense", e => Add(e.AddKey(new KeySpec("odd") { Tags = Tags(("aws:cloudformation:stack-id", "shop")) }), kind, "odd"));
        }

        FactCase Owned(string fact, string expected, string when, string template, Func<StackSpec, StackSpec>? but = null) =>
            new(fact, expected, when, e => Of(kind, e, (but ?? (s => s))(new StackSpec("shop") { Template = template })));
    }

    [TestCaseSource(nameof(AllCases))]
    public async Task A_resource_says_of_its_stack_that(string kind, FactCase fact) =>
        Assert.That(await fact.ReadAsync(Sandbox, Reader with { Kind = kind }, Thing), Is.EqualTo(fact.Expected));

    [TestCase("shop", 3, "retain.deletion-policy", "the stack shop was deleted and left it behind")]
    [TestCase("shop", 91, "stack.name", "the stack shop was deleted and left it behind")]
    [TestCase("shop", 91, "encryption.key-deletion-policy", "the stack shop was deleted and left it behind")]
    public async Task A_resource_that_a_deleted_stack_left_behind_says_so(string stack, int daysAgo, string fact, string note)
    {
        Of(Table, Estate, new StackSpec(stack) { Template = Retained, Deleted = Days(daysAgo) });
        Assert.That((await Reader.ReadAsync(fact)).Reading(Thing, fact).Origin!.Note, Is.EqualTo(note));
    }

    [Test]
    public async Task A_resource_that_its_stack_let_go_says_so_and_still_names_the_stack()
    {
        Of(Bucket, Estate, new StackSpec("shop") { Template = "Resources: {}" });
        var scanned = await Reader.ReadAsync("retain.deletion-policy", "stack.name");
        Assert.That(scanned.Reading(Thing, "retain.deletion-policy").Origin!.Note, Is.EqualTo("the stack shop has let it go: its template no longer holds Data"));
        Assert.That(scanned[Thing, "stack.name"], Is.EqualTo("shop"));
    }

    [TestCase("UPDATE_IN_PROGRESS", Retained, "the stack shop is UPDATE_IN_PROGRESS; which template will hold is not settled")]
    [TestCase("CREATE_COMPLETE", "Resources: { Data: { DeletionPolicy: !Ref Secret } }", "the DeletionPolicy of Data in the stack shop is not a plain word")]
    [TestCase("CREATE_COMPLETE", "Resources: { 'Fn::ForEach::Secrets': [] }", "the template of the stack shop does not name Data, but has Fn::ForEach left to make resources")]
    [TestCase("CREATE_COMPLETE", "{ secret: '", "the template of the stack shop cannot be read")]
    public async Task What_is_not_read_says_why_and_quotes_nothing(string status, string template, string reason)
    {
        Of(Bucket, Estate, new StackSpec("shop") { Template = template, Status = status });
        Assert.That((await Reader.ReadAsync("retain.deletion-policy")).Reading(Thing, "retain.deletion-policy").NotRead!.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task The_stack_of_a_bucket_elsewhere_is_asked_for_there()
    {
        Estate.AddBucket(new BucketSpec("far") { Region = Away }).AddStack(Owning("shop", StackResourceSpec.Bucket("far")) with { Region = Away, Template = Retained });
        Faults.Deny("cloudformation:*", region: Home);
        Assert.That((await Reader.ReadAsync("retain.deletion-policy"))["far", "retain.deletion-policy"], Is.EqualTo("Retain"));
    }

    [Test]
    public async Task A_key_of_another_region_is_asked_for_there()
    {
        Estate.AddKey(new KeySpec(Key) { Region = Away }).AddStack(new StackSpec("keys") { Region = Away, Template = Retained, Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["Key"] = StackResourceSpec.Key(Key) } });
        Add(Estate, Bucket, $"arn:aws:kms:{Away}:{Account}:key/{Key}");
        Assert.That((await Reader.ReadAsync(KeyFacts[0]))[Thing, KeyFacts[0]], Is.EqualTo("Retain"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Two_thousand_tables_in_forty_stacks_cost_forty_descriptions_and_forty_templates()
    {
        for (var i = 0; i < 40; i++)
        {
            var owned = Enumerable.Range(0, 50).ToDictionary(n => $"T{n}", n => StackResourceSpec.Table($"table-{i}-{n}"), StringComparer.Ordinal);
            foreach (var table in owned.Values)
                Estate.AddTable(new TableSpec(table.PhysicalId));
            Estate.AddStack(new StackSpec($"stack-{i}") { Template = "Resources: { T0: { DeletionPolicy: Retain } }", Resources = owned });
        }

        var scanned = await Reader.ReadAsync([.. RetainFacts, .. StackFacts]);
        Assert.Multiple(() =>
        {
            Assert.That(scanned.Sheets.Count(s => Scanned.Of(s)["retain.deletion-policy"] == "Retain"), Is.EqualTo(40));
            Assert.That((Calls.Of(Describe), Calls.Of(GetTemplate)), Is.EqualTo((40, 40)));
            Assert.That(Calls.Of("dynamodb:DescribeTable"), Is.Zero, "whether a table has replicas matters only where it has no stack");
        });
    }

    [Test]
    public async Task One_stack_behind_tables_buckets_and_keys_is_asked_about_once_and_one_key_once()
    {
        Estate.AddKey(new KeySpec(Key)).AddTable(new TableSpec("t1") { Key = Key }).AddTable(new TableSpec("t2") { Key = Key }).AddBucket(new BucketSpec("b1") { Key = Key }).AddBucket(new BucketSpec("b2") { Key = Key })
            .AddStack(new StackSpec("shop")
            {
                Template = Retained,
                Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["A"] = StackResourceSpec.Table("t1"), ["B"] = StackResourceSpec.Bucket("b1"), ["Key"] = StackResourceSpec.Key(Key) },
            });
        await Reader.ReadAsync([.. AllFacts]);
        Assert.That((Calls.Of(Describe), Calls.Of(GetTemplate), Calls.Of("kms:ListResourceTags")), Is.EqualTo((1, 1, 1)));
    }

    [Test]
    public async Task Two_nested_stacks_share_the_reading_of_their_root()
    {
        Estate.AddStack(new StackSpec("root"));
        foreach (var name in new[] { "a", "b" })
            Estate.AddTable(new TableSpec(name)).AddStack(Owning($"nested-{name}", StackResourceSpec.Table(name)) with { Parent = "root" });
        await Reader.ReadAsync("stack.termination-protection");
        Assert.That((Calls.Of(Describe), Calls.Of(GetTemplate)), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task A_scan_whose_policies_name_no_such_fact_asks_nothing_of_CloudFormation_and_for_no_keys_tags()
    {
        Estate.AddRichTable("table").AddRichBucket("bucket");
        await Reader.ReadAsync([.. AwsComposition.Vocabulary.Tables.SelectMany(Reader.All).Select(f => f.Name).Except(AllFacts, StringComparer.Ordinal)]);
        Assert.That(Calls.Counts.Keys.Where(c => c.StartsWith("cloudformation:", StringComparison.Ordinal) || c == "kms:ListResourceTags"), Is.Empty);
    }

    [Test]
    public void A_policy_that_was_let_go_of_is_a_weakening()
    {
        var table = AwsComposition.Vocabulary.Find(Table)!;
        foreach (var fact in RetainFacts.Concat(KeyFacts).Select(f => table.Find(f)!))
            Assert.That((fact.Worse!.IsWorse(FactValue.Of("RetainExceptOnCreate"), FactValue.Of("Delete")), fact.Worse.IsWorse(FactValue.Of("RetainExceptOnCreate"), FactValue.Of("Retain"))), Is.EqualTo((true, false)));
        Assert.That(table.Find("stack.termination-protection")!.Worse, Is.EqualTo(Worse.False));
    }

    /// <summary>One stack owns the thing and its key.</summary>
    private static Estate Of(string kind, Estate estate, StackSpec stack) => Add(estate.AddKey(new KeySpec(Key)), kind, Key)
        .AddStack(new StackSpec("root") { TerminationProtection = true, Template = Both("{ DeletionPolicy: Delete }") })
        .AddStack(new StackSpec("careless-root"))
        .AddStack(stack with
        {
            Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["Data"] = kind == Table ? StackResourceSpec.Table(Thing) : StackResourceSpec.Bucket(Thing), ["Key"] = StackResourceSpec.Key(Key) },
        });

    private static StackSpec Owning(string name, StackResourceSpec resource) => new(name) { Resources = new Dictionary<string, StackResourceSpec>(StringComparer.Ordinal) { ["Data"] = resource } };

    private static Estate Add(Estate estate, string kind, string? key, params (string Key, string Value)[] tags)
    {
        var all = Tags(tags.Select(t => ($"aws:cloudformation:{t.Key}", t.Value)));
        return kind == Table ? estate.AddTable(new TableSpec(Thing) { Key = key, Tags = all }) : estate.AddBucket(new BucketSpec(Thing) { Key = key, Tags = all });
    }

    private static Estate Add(Estate estate, string kind, params (string Key, string Value)[] tags) => Add(estate, kind, key: null, tags);

    // More than a page of tags, and CloudFormation's after them in the order of their keys.
    private static Estate Crowded(Estate estate) => estate.ChangeKey(new KeySpec(Key) { Tags = Tags(Enumerable.Range(0, 60).Select(i => ($"a{i:00}", "x"))) });

    private static string Both(string resource) => $"Resources: {{ Data: {resource}, Key: {resource} }}";

    private static string Unreadable(string operation) => Scanned.Unknown(operation, "UnreadableAnswer");
}
