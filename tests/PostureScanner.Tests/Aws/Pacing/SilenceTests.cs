using PostureScanner.Aws.Pacing;

namespace PostureScanner.Tests.Aws.Pacing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SilenceTests
{
    private static readonly Api Asked = new("s3:GetBucketTagging", "1", "eu-west-1");
    private static readonly Api SameEndpoint = Asked with { Operation = "s3:GetBucketVersioning" };

    private static IEnumerable<Api> Elsewhere => [Asked with { Region = "eu-central-1" }, Asked with { Account = "2" }, Asked with { Operation = "kms:DescribeKey" }];

    private readonly Silence _silence = new();

    [Test]
    public void An_endpoint_that_has_never_answered_is_silent_for_all_its_operations()
    {
        _silence.NoAnswer(Asked, callStarted: 10);
        Assert.That((_silence.Has(Asked), _silence.Has(SameEndpoint)), Is.EqualTo((true, true)));
    }

    [Test]
    public void Where_another_operation_was_answered_meanwhile_only_the_one_is_silent()
    {
        _silence.Answered(SameEndpoint, now: 20);
        _silence.NoAnswer(Asked, callStarted: 10);
        Assert.That((_silence.Has(Asked), _silence.Has(SameEndpoint)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Where_the_same_operation_was_answered_meanwhile_nothing_is_silent()
    {
        _silence.Answered(Asked, now: 20);
        _silence.NoAnswer(Asked, callStarted: 10);
        Assert.That((_silence.Has(Asked), _silence.Has(SameEndpoint)), Is.EqualTo((false, false)));
    }

    [Test]
    public void An_answer_from_before_does_not_count()
    {
        _silence.Answered(Asked, now: 5);
        _silence.NoAnswer(Asked, callStarted: 10);
        Assert.That((_silence.Has(Asked), _silence.Has(SameEndpoint)), Is.EqualTo((true, true)));
    }

    [TestCaseSource(nameof(Elsewhere))]
    public void Silence_is_one_services_in_one_region_of_one_account(object other)
    {
        _silence.NoAnswer(Asked, callStarted: 10);
        Assert.That(_silence.Has((Api)other), Is.False);
    }
}
