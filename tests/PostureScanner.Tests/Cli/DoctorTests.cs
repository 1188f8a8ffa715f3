using PostureScanner.Aws;
using PostureScanner.Aws.Doctor;
using PostureScanner.Sandbox;

namespace PostureScanner.Tests.Cli;

/// <summary>Which permissions work, as the command line finds out before anything is deployed.</summary>
public sealed class DoctorTests
{
    private const string Region = "eu-west-1";

    private SandboxServer _sandbox = null!;

    private static IEnumerable<string> Operations => AwsComposition.Vocabulary.Tables
        .SelectMany(t => t.Listing.Concat(t.Facts.SelectMany(f => f.Calls)))
        .Where(c => c.Permission is not null)
        .Select(c => c.Operation).Append("ec2:DescribeRegions").Distinct(StringComparer.Ordinal);

    // No shipped policy asks for object locks.
    private static IEnumerable<string> Needed => Operations.Except(["s3:GetObjectLockConfiguration"], StringComparer.Ordinal);

    [SetUp]
    public async Task Make_an_estate() =>
        _sandbox = await SandboxServer.StartAsync(Estate.Empty(regions: Region).AddBucket(new BucketSpec("uploads") { Region = Region }));

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
    public async Task It_costs_one_call_each()
    {
        await ExamineAsync();
        Assert.That(_sandbox.Calls.Counts.Where(c => c.Key is not ("s3:ListBuckets" or "s3:HeadBucket")).Select(c => c.Value), Is.All.EqualTo(1));
    }

    [Test]
    public async Task Only_what_the_loaded_policies_need_is_tried()
    {
        var run = await Posture.RunAsync(_sandbox, "doctor", "--regions", Region, "--policies", Path.Combine(PostureScanner.Cli.PolicyOptions.Shipped, "s3"));
        Assert.That(run.Out, Does.Contain("s3:GetBucketVersioning").And.Not.Contain("dynamodb:"));
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

    private Task<Run> ExamineAsync() => Posture.RunAsync(_sandbox, "doctor", "--regions", Region);
}
