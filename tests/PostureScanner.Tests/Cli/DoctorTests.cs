using PostureScanner.Aws;
using PostureScanner.Aws.Doctor;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>Which permissions work, as the command line finds out before anything is deployed.</summary>
public sealed class DoctorTests
{
    private const string Region = "eu-west-1";
    private const string Second = "eu-central-1";

    private const string Both = $"{Region},{Second}";

    private SandboxServer _sandbox = null!;

    private static IEnumerable<string> Operations => AwsComposition.Vocabulary.Tables
        .SelectMany(t => t.Listing.Concat(t.Facts.SelectMany(f => f.Calls)))
        .Where(c => c.Permission is not null)
        .Select(c => c.Operation).Append("ec2:DescribeRegions").Distinct(StringComparer.Ordinal);

    // No shipped policy asks for object locks.
    private static IEnumerable<string> Needed => Operations.Except(["s3:GetObjectLockConfiguration"], StringComparer.Ordinal);

    [SetUp]
    public async Task Make_an_estate() =>
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: [Region, Second]).AddBucket(new BucketSpec("uploads") { Region = Region }));

    [TearDown]
    public async Task Remove_it() => await _sandbox.DisposeAsync();

    [Test]
    public async Task Where_everything_is_allowed_everything_works()
    {
        var run = await ExamineAsync();
        Assert.That((run.Exit, run.Out.Contains("everything works", StringComparison.Ordinal)), Is.EqualTo((0, true)), run.Out);
        Assert.That(run.Out, Does.Not.Contain("missing ").And.Not.Contain("unclear "));
    }

    [TestCaseSource(nameof(Needed))]
    public async Task A_missing_permission_is_named_with_what_it_leaves_unknown(string operation)
    {
        _sandbox.Faults.Deny(operation);
        var run = operation == "ec2:DescribeRegions" ? await Posture.RunAsync(_sandbox, "doctor", "--regions", "all") : await ExamineAsync();
        Assert.That(run.Out, Does.Match($"missing  {operation}[^\n]*\n           (AccessDenied|UnauthorizedOperation)[^\n]*\n           without it unknown: [a-z0-9-]+"));
        Assert.That(run.Exit, Is.EqualTo(operation == "s3:ListBuckets" ? 3 : 1), "without a list there is no bucket to ask about");
    }

    [Test]
    public void Every_call_that_needs_a_permission_can_be_tried() => Assert.That(Operations, Is.SubsetOf(Examination.Operations));

    [TestCase("kms:DescribeKey", 500, "KMSInternalException")]
    [TestCase("dynamodb:DescribeTable", 400, "ExpiredTokenException")]
    [TestCase("s3:GetBucketVersioning", 400, "RequestTimeTooSkewed")]
    public async Task An_error_that_is_no_answer_is_neither_allowed_nor_denied(string operation, int status, string code)
    {
        _sandbox.Faults.Fail(operation, status, code);
        var run = await ExamineAsync();
        Assert.That((run.Exit, run.Out.Contains($"unclear  {operation}\n           {code}", StringComparison.Ordinal)), Is.EqualTo((3, true)), run.Out);
    }

    [Test]
    public async Task A_region_that_is_denied_is_named_and_so_are_those_that_are_not()
    {
        _sandbox.Faults.Deny("kms:*", region: Second);
        var run = await ExamineAsync(Both);
        Assert.That(run.Out, Does.Match($"  works    kms:DescribeKey in {Region}\n  missing  kms:DescribeKey in {Second}\n           AccessDenied[^\n]*\n           without it unknown: [a-z0-9-]+"));
        Assert.That(run.Out, Does.Contain("  works    dynamodb:DescribeTable\n"), "all regions agree");
        Assert.That(run.Exit, Is.EqualTo(1));
    }

    [Test]
    public async Task What_all_regions_deny_in_words_of_their_own_is_one_line()
    {
        _sandbox.Faults.Deny("dynamodb:ListTagsOfResource");
        var run = await ExamineAsync(Both);
        Assert.That(run.Out, Does.Match("missing  dynamodb:ListTagsOfResource\n").And.Not.Match("ListTagsOfResource[^\n]* in "));
    }

    [Test]
    public async Task All_regions_are_those_that_the_account_has()
    {
        _sandbox.Faults.Deny("dynamodb:ListTables", region: Second);
        var run = await ExamineAsync("all");
        Assert.That(run.Out, Does.Contain($" in {Second}, {Region}\n").And.Contain($"missing  dynamodb:ListTables in {Second}\n").And.Contain("  works    ec2:DescribeRegions\n"));
    }

    [Test]
    public async Task A_region_that_is_silent_is_unclear_and_the_others_are_not()
    {
        await ExamineAsync(Both);
        foreach (var service in (string[])["dynamodb:*", "s3:*"])
            _sandbox.Faults.Hang(service, region: Region);
        var run = await Posture.RunAsync(_sandbox, "doctor", "--regions", Both, "--patience", "1s");
        Assert.That(run.Out, Does.Match($"  works    dynamodb:ListTables in {Second}\n  unclear  dynamodb:ListTables in {Region}\n           NoAnswer: "));
        Assert.That(run.Out, Does.Contain("  works    s3:ListBuckets"), "any region lists them all");
        Assert.That(run.Exit, Is.EqualTo(3));
    }

    [Test]
    public async Task About_buckets_one_of_the_regions_is_asked_and_named()
    {
        // First in the listing, and of no interest.
        _sandbox.Estate.AddBucket(new BucketSpec("archive") { Region = Second });
        Assert.That((await ExamineAsync()).Out, Does.Contain("  works    s3:GetBucketVersioning\n"));
        Assert.That((await ExamineAsync(Both)).Out, Does.Contain($"  works    s3:GetBucketVersioning in {Second}\n"));
        Assert.That(_sandbox.Calls.Of("s3:GetBucketVersioning", "uploads"), Is.EqualTo(1));
    }

    [Test]
    public async Task It_costs_one_call_in_each_region_or_one_where_one_speaks_for_all()
    {
        await ExamineAsync("all");
        var calls = _sandbox.Calls.Counts.Where(c => !c.Key.StartsWith("sts:", StringComparison.Ordinal)).ToDictionary();
        Assert.That(calls.Where(c => c.Value != (c.Key.StartsWith("s3:", StringComparison.Ordinal) || c.Key == "ec2:DescribeRegions" ? 1 : 2)), Is.Empty);
        Assert.That(calls.Keys, Is.EquivalentTo(Needed.Append("s3:HeadBucket")));
    }

    [TestCase("s3", "dynamodb")]
    [TestCase("dynamodb", "s3")]
    public async Task Only_what_the_loaded_policies_need_is_tried(string loaded, string other)
    {
        var run = await Posture.RunAsync(_sandbox, "doctor", "--regions", Region, "--policies", Path.Combine(PostureScanner.Cli.PolicyOptions.Shipped, loaded));
        Assert.That(run.Out, Does.Contain($"  works    {loaded}:").And.Not.Contain($" {other}:"));
        Assert.That(_sandbox.Calls.Counts.Keys, Has.None.StartsWith($"{other}:"));
    }

    [Test]
    public async Task Without_a_bucket_nothing_is_claimed_about_buckets()
    {
        _sandbox.Estate.RemoveBucket("uploads");
        var run = await ExamineAsync();
        Assert.That((run.Exit, run.Out.Contains("unclear  s3:GetBucketVersioning\n           there is no bucket to ask about", StringComparison.Ordinal)), Is.EqualTo((3, true)), run.Out);
    }

    [Test]
    public async Task A_role_that_cannot_be_assumed_leaves_everything_unknown()
    {
        _sandbox.Faults.Deny("sts:AssumeRole");
        var run = await Posture.RunAsync(_sandbox, "doctor", "--regions", Region, "--role-arns", "arn:aws:iam::444455556666:role/Reader");
        Assert.That((run.Exit, run.Out.Contains("account 444455556666\n  missing  sts:AssumeRole", StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Out);
    }

    private Task<Run> ExamineAsync(string regions = Region) => Posture.RunAsync(_sandbox, "doctor", "--regions", regions);
}
