using PostureScanner.Aws;
using PostureScanner.Core.Facts;
using PostureScanner.Sandbox;
using PostureScanner.Tests.Sandbox;

namespace PostureScanner.Tests.Aws.Sources;

/// <summary>
/// Something goes wrong with one call about one resource: for every operation a probe uses, one resource on which it does, all in one scan.
/// Unknown may be what comes from that call, and nothing else.
/// </summary>
[TestFixtureSource(nameof(Adversities))]
internal sealed class AdversityTests(Adversity adversity)
{
    private const string Untouched = "untouched";

    private Scanned _good = null!;
    private Scanned _bad = null!;

    private static IEnumerable<Adversity> Adversities =>
    [
        new("is denied", (f, s) => f.Deny(s.Operation, s.Subject), s => s switch
        {
            // A refusal names the region, and that is all we wanted to know.
            { Operation: "s3:HeadBucket" } => null,
            { Service: "s3" or "cloudformation" } => "AccessDenied",
            _ => "AccessDeniedException",
        }),
        new("is throttled for a while", (f, s) => f.ThrottleFirst(s.Operation, 2, s.Subject), _ => null),
        new("fails twice", (f, s) => f.Fail(s.Operation, 500, "InternalServerError", times: 2, name: s.Subject), _ => null),
        new("fails for ever", (f, s) => f.Fail(s.Operation, 500, "InternalServerError", name: s.Subject), _ => "InternalServerError"),
        new("is unavailable for ever", (f, s) => f.Fail(s.Operation, 502, "BadGateway", name: s.Subject), _ => "BadGateway"),
        new("answers garbage", (f, s) => f.Garbage(s.Operation, name: s.Subject), _ => "UnreadableAnswer"),
        new("answers garbage twice", (f, s) => f.Garbage(s.Operation, times: 2, name: s.Subject), _ => null),
        new("closes the connection", (f, s) => f.Close(s.Operation, name: s.Subject), _ => "NoAnswer"),
        new("hangs", (f, s) => f.Hang(s.Operation, s.Subject), _ => "NoAnswer") { Patience = TimeSpan.FromSeconds(3) },
        new("answers a login page", (_, _) => { }, s => s.Operation == "s3:HeadBucket" ? null : "UnreadableAnswer")
        {
            Page = "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Sign in</title></head><body>Welcome</body></html>",
        },
        new("answers another operation's document", (_, _) => { }, s => s.Operation == "s3:HeadBucket" ? null : "UnreadableAnswer")
        {
            Page = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>x</Name></ListBucketResult>",
        },
        new("answers an empty document", (_, _) => { }, s => s.Service == "s3" ? null : "UnreadableAnswer") { Page = "{}", OnlyJson = true },
    ];

    private static IEnumerable<Site> Sites => Site.All;

    [OneTimeSetUp]
    public async Task ScanAsync()
    {
        var estate = AwsTest.NewEstate().AddRichTable(Untouched).AddRichBucket($"{Untouched}-bucket");
        foreach (var site in Sites)
            estate.AddRich(site.Kind, site.Resource);
        var clock = new ManualClock();
        await using var sandbox = await SandboxServer.StartAsync(estate, new SandboxOptions { Clock = clock });
        _good = await new Reader(sandbox.Url, clock).ReadAsync();

        foreach (var site in Sites)
            adversity.Strike(sandbox.Faults, site);
        await using var proxy = await Proxy.StartAsync(sandbox.Url, call => Sites.Any(s => adversity.Replaces(s, call)) ? adversity.Page! : call.Answer);
        _bad = await new Reader(adversity.Page is null ? sandbox.Url : proxy.Url, clock) { Patience = adversity.Patience }.ReadAsync();
    }

    [TestCaseSource(nameof(Sites))]
    public void What_comes_from_the_call_is_unknown_unless_it_came_right_and_nothing_else_is(Site site)
    {
        var expected = _good.Of(site.Resource);
        if (adversity.Code(site) is { } code)
        {
            foreach (var fact in site.Facts)
                expected[fact] = Scanned.Unknown(site.Operation, code);
        }

        Assert.That(Differences(expected, _bad.Of(site.Resource)), Is.Empty);
    }

    [TestCase(Untouched)]
    [TestCase($"{Untouched}-bucket")]
    public void Other_resources_are_read_as_ever(string resource) => Assert.That(Differences(_good.Of(resource), _bad.Of(resource)), Is.Empty);

    [Test]
    public void Every_resource_has_one_sheet_and_every_listing_is_complete() => Assert.Multiple(() =>
    {
        Assert.That(_bad.Names, Is.EqualTo(_good.Names).And.Unique);
        Assert.That(_bad.Listings, Is.EqualTo(_good.Listings));
    });

    [Test]
    public void Where_nothing_goes_wrong_nothing_is_unknown() => Assert.That(_good.Sheets.SelectMany(Scanned.Of).Where(r => r.Value.StartsWith("unknown", StringComparison.Ordinal)), Is.Empty);

    private static IEnumerable<string> Differences(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual) =>
        expected.Where(e => actual[e.Key] != e.Value).Select(e => $"{e.Key}: {actual[e.Key]} where it should be {e.Value}");
}

/// <summary>Something that can go wrong.</summary>
/// <param name="Code">The code of the readings that are Unknown then; null where they come out right.</param>
internal sealed record Adversity(string What, Action<Faults, Site> Strike, Func<Site, string?> Code)
{
    /// <summary>S3's query keys.</summary>
    private static readonly Dictionary<string, string> Operations = new(StringComparer.Ordinal)
    {
        ["encryption"] = "GetBucketEncryption",
        ["lifecycle"] = "GetBucketLifecycleConfiguration",
        ["object-lock"] = "GetObjectLockConfiguration",
        ["publicAccessBlock"] = "GetPublicAccessBlock",
        ["replication"] = "GetBucketReplication",
        ["tagging"] = "GetBucketTagging",
        ["versioning"] = "GetBucketVersioning",
    };

    public TimeSpan Patience { get; init; } = AwsSettings.DefaultPatience;

    /// <summary>What stands in the answer's place, with status 200.</summary>
    public string? Page { get; init; }

    public bool OnlyJson { get; init; }

    public bool Replaces(Site site, Exchange call) =>
        Page is not null
        && !(OnlyJson && site.Service == "s3")
        && site.Operation.EndsWith(':' + Operations.GetValueOrDefault(call.Operation, call.Operation), StringComparison.Ordinal)
        && System.Text.RegularExpressions.Regex.IsMatch(call.Request, $@"(?<![\w-]){site.Subject}(?![\w-])", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    public override string ToString() => $"a call {What}";
}

/// <summary>One call about one resource, and what is read from it.</summary>
/// <param name="Subject">What the call names: the resource, its key, or the bucket it is copied to.</param>
internal sealed record Site(string Kind, string Operation, string Resource, string Subject, IReadOnlyList<string> Facts)
{
    private const string Versioning = "s3:GetBucketVersioning";
    private const string DestinationVersioned = "replication.destination-versioned";

    /// <summary>Every operation that a probe uses, by kind; from the vocabulary, so that a new one is here by itself.</summary>
    public static IReadOnlyList<Site> All { get; } =
    [
        .. from table in AwsComposition.Vocabulary.Tables
           from operation in table.Facts.SelectMany(f => f.Calls).Select(c => c.Operation).Distinct(StringComparer.Ordinal)
           where operation is not "s3:ListBuckets"
           let resource = $"{table.Kind.Split(':')[^1]}-{operation.Split(':')[1]}".ToLowerInvariant()
           select new Site(table.Kind, operation, resource, SubjectOf(operation, resource), [.. Reader.All(table).Where(f => ComesFrom(f, operation)).Select(f => f.Name)]),
        new(AwsTest.Bucket, Versioning, "bucket-destination", RichEstate.CopyOf("bucket-destination"), [DestinationVersioned]),
    ];

    public string Service => Operation.Split(':')[0];

    public override string ToString() => $"{Operation} about {Subject}";

    public static bool IsOfOwnStack(Fact fact) => fact.Name.StartsWith("retain.", StringComparison.Ordinal) || fact.Name.StartsWith("stack.", StringComparison.Ordinal);

    private static string SubjectOf(string operation, string resource) => operation switch
    {
        "kms:DescribeKey" or "kms:ListResourceTags" => RichEstate.KeyOf(resource),
        "cloudformation:DescribeStacks" or "cloudformation:GetTemplate" => RichEstate.StackOf(resource),
        "s3:HeadBucket" => RichEstate.CopyOf(resource),
        _ => resource,
    };

    private static bool ComesFrom(Fact fact, string operation) => fact.Calls.Any(c => c.Operation == operation) && (fact.Name, operation) switch
    {
        // What makes a replica are other buckets' rules.
        ("replication.is-replica", "s3:GetBucketReplication") => false,
        // Where all rules cover the whole bucket, it does not matter where they lead.
        ("replication.whole-bucket", "s3:HeadBucket") => false,
        // That is another bucket's versioning, and has a site of its own.
        (DestinationVersioned, Versioning) => false,
        // A table that has a stack of its own takes nothing from its replicas.
        _ when IsOfOwnStack(fact) && operation == "dynamodb:DescribeTable" => false,
        _ => true,
    };
}
